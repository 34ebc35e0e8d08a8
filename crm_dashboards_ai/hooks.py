from .models.summary_parameters import PARAMETERS


def uninstall_hook(env):
    """Leave no key behind: the rule that guards it goes with the addon."""
    env["ir.config_parameter"].search([("key", "in", list(PARAMETERS))]).unlink()

-- a copy of the database asks nobody
DELETE FROM ir_config_parameter
 WHERE key IN ('crm_dashboards_ai.enabled', 'crm_dashboards_ai.key');

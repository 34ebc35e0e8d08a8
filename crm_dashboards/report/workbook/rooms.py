# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""How lists of different length share the room there is, as a plain function."""


def share_rooms(lengths, room):
    """Return how much of each list there is room for.

    Short lists are whole; what they leave is shared alike by the long ones.

    :param lengths: list of int
    :param int room: for all of them together
    :return: list of int
    """
    shares = [0] * len(lengths)
    places = sorted(range(len(lengths)), key=lengths.__getitem__)
    for number, place in enumerate(places):
        shares[place] = min(lengths[place], room // (len(places) - number))
        room -= shares[place]
    return shares

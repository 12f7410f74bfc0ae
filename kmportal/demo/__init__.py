"""The demonstration content: invented stories of real agencies, so that every screen has something true to life to show.

Nothing imports this package; without it the portal is the same. All content is made through the verbs that people use.
"""

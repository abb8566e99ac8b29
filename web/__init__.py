"""The web front end: one blueprint a topic; read arguments, one call, one template.

``current`` gives the archive that the application serves; ``filters`` and ``security``
are installed by ``app.create_app``.
"""

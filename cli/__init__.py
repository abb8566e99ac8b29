"""The command line: read arguments, one call, print.

Each module is a topic: ``keeping`` fills and checks the archive, ``asking`` reads it,
``serving`` shows it in a browser.
"""

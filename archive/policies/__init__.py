"""What rests on a policy document: every reliance on a document number, and its money.

``reliances`` reads from one disclosure which of its parts rely on which number; the store
keeps that (``archive.store.reliances``) and looks it up (``archive.store.policies``).
``page`` and ``register`` answer for one number and for all, ``near`` and ``conflicts`` say
what may be meant by another, ``landing`` leads a search to its policy, ``check`` looks up
the numbers of a pasted text, ``graph``, ``export`` and ``feed`` show the answer.
"""

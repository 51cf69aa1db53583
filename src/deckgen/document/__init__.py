"""What a document is made of between the plan and a file: texts, our words, and nodes.

A document is a tree of structure. Nothing about it is read out of characters again: Markdown, HTML
and Word each write what the nodes say.
"""

"""The frame around every page that people see: header, style, two languages, and the headers that guard it.

A service that has pages brings its own templates and style; what is here makes them one site, on one port or on two.
"""

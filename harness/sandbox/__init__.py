"""The embedded Ottu: Checkout API, SDK script, gateways, ACS and webhooks in one process.

It shares nothing with the rest of the harness but the wire, so that a mistake made on one
side is never hidden by the same mistake on the other.
"""

"""The headers that keep our pages to themselves: nothing inline, nothing foreign, no framing."""

NO_CONTENT = "default-src 'none'; frame-ancestors 'none'"
"""The policy of what is no page: shown as one (an answer of the API opened in a browser), it may load nothing."""

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

ANSWER_HEADERS = {**HEADERS, "Content-Security-Policy": NO_CONTENT}
"""What every answer has that does not have its own."""

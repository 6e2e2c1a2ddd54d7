"""Files that a merchant attaches to a payment for its customer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .checkout import Checkout
from .errors import Invalid, NotFound
from .files import Upload, problem
from .tenants import Part


class Attachments(Part):
    """The files of one tenant."""

    def upload(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Store a file and attach it to a transaction if one is named. Raises Invalid.

        The messages are plain strings here, not lists, as Ottu describes this endpoint alone.
        """
        upload = given.get("file")
        if upload in (None, ""):
            raise Invalid({"file": "No file was submitted."})
        wrong = problem(upload)
        if wrong or not isinstance(upload, Upload):
            raise Invalid({"file": wrong})
        names = {
            name: str(given[name])[:128] for name in ("session_id", "order_no") if given.get(name)
        }
        if len(names) == 2:
            both = "Please provide only `order_no` or `session_id`, not both."
            raise Invalid({"session_id": both, "order_no": both})
        short = str(given.get("shortify_attachment_url", "")).lower() in ("true", "1", "on")
        if short and not names:
            needed = (
                "You must provide either `session_id` or `order_no` "
                "to identify the PaymentTransaction."
            )
            raise Invalid({"attachment_short_url": needed})
        try:
            transaction = self.tenant.part(Checkout).find_by(names) if names else None
        except NotFound:
            name, value = next(iter(names.items()))
            message = f"No PaymentTransaction found with `{name}` of {value}."
            raise Invalid({name: message}) from None
        stored = self.tenant.files.keep(upload)
        answer = {"file_url": stored.path, "original_filename": upload.name[:255]}
        if transaction is not None:
            transaction.attachment = stored.path
            if short:
                transaction.attachment_short_url = self.tenant.links.make(
                    self.tenant.id, stored.path
                )
                answer["attachment_short_url"] = transaction.attachment_short_url
            self.tenant.store.save(transaction)
        return answer

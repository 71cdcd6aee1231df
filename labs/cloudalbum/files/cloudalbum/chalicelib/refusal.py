from chalice import ChaliceUnhandledError


# Chalice makes JSON of every exception but of this kind: those come to answer_in_pages.
class Refusal(ChaliceUnhandledError):
    """Something that the album will not do, with a status and a sentence for whoever asked."""

    def __init__(self, status: int, sentence: str):
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


class SignInFirst(ChaliceUnhandledError):
    """This page is for people who have signed in."""

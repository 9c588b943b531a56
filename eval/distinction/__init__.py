"""How well offences are told apart: cases with marked spans, the trainer, the measures."""

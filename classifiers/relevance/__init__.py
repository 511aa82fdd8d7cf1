"""Whether a text is relevant: features, the model, its training, its versions, its reasons."""

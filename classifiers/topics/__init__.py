"""What is watched, as folders of data: a focus, its partners, who answers them, and every word that names them."""

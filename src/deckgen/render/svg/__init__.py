"""Slides as SVG pictures, each whole in itself."""

"""The published arranger: chords and audio texture in, two bars of piano out.

Wang, Xu, Xia, Shan: Audio-to-symbolic Arrangement via Cross-modal Music Representation Learning, ICASSP 2022.
"""

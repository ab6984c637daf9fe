"""What is said for each typed finding. Keys are the machine's, sentences the citizen's.

None of them blames the person, and each says the next step.
"""

from __future__ import annotations

from collections.abc import Mapping

from devices.contracts import Guidance
from kiosk.messages import CommitRefusal
from kiosk.session.stages import CardTrouble, FaceTrouble, Obstacle, Reservation

OBSTACLE: Mapping[Obstacle, str] = {
    Obstacle.OFFLINE_FORBIDDEN: "网络暂时不通，这件事要联网才能办。",
    Obstacle.NO_READER: "身份证读卡器暂时不能用。",
    Obstacle.NOT_OFFERED: "这台机器不办这件事。",
}

RESERVATION: Mapping[Reservation, str] = {
    Reservation.KEPT_UNTIL_ONLINE: "网络暂时不通：申请先存在本机，联网后自动提交，以平台收件时间为准。",
    Reservation.NO_SLIP: "打印机暂时不能用：没有凭条，请记下屏幕上的号码。",
    Reservation.GUIDE_INSTEAD_OF_FACE: "摄像头暂时不能用：请工作人员为您核验。",
}

CARD_TROUBLE: Mapping[CardTrouble, str] = {
    CardTrouble.PULLED_AWAY: "身份证拿开得早了一点。请再放一次，等屏幕变了再拿开。",
    CardTrouble.NOT_READ: "没有读出身份证。请从卡套里取出，确认是居民身份证，再放一次。",
    CardTrouble.OTHER_KIND: "放上去的不是居民身份证，本机读不了。请换成居民身份证；临时身份证请到窗口办理。",
    CardTrouble.READER_FAILED: "读卡器现在不能用，不是您的身份证有问题。请找工作人员，或到窗口办理。",
    CardTrouble.INVALID: "这张身份证上的信息有疑点，本机不能判断。请带上它到窗口办理。",
}

GUIDANCE: Mapping[Guidance, str] = {
    Guidance.NO_FACE: "请把脸放进框里",
    Guidance.SEVERAL_FACES: "请只让您一个人在框里",
    Guidance.COME_CLOSER: "请靠近一点",
    Guidance.MORE_LIGHT: "光线有点暗，请转向亮一点的地方",
    Guidance.HOLD_STILL: "很好，请保持不动",
}

FACE_TROUBLE: Mapping[FaceTrouble, str] = {
    FaceTrouble.NOT_RECOGNISED: "这次没有比对成功。光线、眼镜、多年前的照片都会有影响，很常见。",
    FaceTrouble.CAMERA_FAILED: "摄像头现在不能用。",
    FaceTrouble.PHOTO_NOT_DECODABLE: "本机读不出身份证芯片里的照片，不能刷脸。",
}

ANSWER_PROBLEM: Mapping[str, str] = {
    "required": "请先填写。",
    "not_a_mobile": "这不像一个手机号码。请检查：11 位数字，以 1 开头。",
    "not_a_date": "没有这一天。请检查年、月、日。",
    "too_early": "这一天太早了。请检查年、月、日。",
    "too_late": "这一天太晚了。请检查年、月、日。",
    "too_long": "写得太长了，请写短一点。",
}

NOT_KEPT: Mapping[CommitRefusal | str, str] = {
    "disk_full": "这台机器存不下了，不是您的问题。",
    "storage_failed": "这台机器存储出了故障，不是您的问题。",
    "hash_mismatch": "保存时出了差错，不是您的问题。",
    "incomplete": "保存时出了差错，不是您的问题。",
    "item_offline": "网络刚刚断了，这件事要联网才能办。",
    "queue_full": "等待提交的申请太多，这台机器暂时不能再收。",
    "link_lost": "机器内部的连接断了，不是您的问题。",
}

SLIP: Mapping[str, str] = {
    "waiting": "凭条马上打印，请稍等。",
    "started": "正在打印凭条，请稍等。",
    "printed": "凭条已打印，请取走。",
    "not_printed": "凭条没有打出来。申请不受影响，请记下上面的号码。",
    "unknown": "不能确定凭条是否打好。请看一看出纸口；申请不受影响，请记下上面的号码。",
    "no_printer": "打印机暂时不能用，没有凭条。申请不受影响，请记下上面的号码。",
}

RATING: Mapping[int, str] = {5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意"}
"""GB/T 39735: five levels, the best first."""

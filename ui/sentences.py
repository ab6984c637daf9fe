"""What is said for each typed finding. Keys are the machine's, sentences the citizen's.

None of them blames the person, and each says the next step.
"""

from __future__ import annotations

from collections.abc import Mapping

from config.item import DocumentKind
from devices.contracts.eyes import Guidance
from devices.contracts.fingerprints import FingerprintGuidance
from devices.contracts.id_cards import Finger
from devices.contracts.pages import PageHint, PageProblem
from devices.eyes.liveness_challenge import Side
from kiosk.finding.browsing import ShelfKind
from kiosk.finding.question_patterns import Topic
from kiosk.messages import CommitRefusal, ReprintReason
from kiosk.session.hall import Obstacle, Reservation
from kiosk.session.helping import CallState
from kiosk.session.live_checks import LiveProblem
from kiosk.session.stages import CardTrouble, GuardianTrouble, PartyTrouble
from kiosk.session.verification import FaceTrouble, FingerprintTrouble, Way

OBSTACLE: Mapping[Obstacle, str] = {
    Obstacle.OFFLINE_FORBIDDEN: "网络暂时不通，这件事要联网才能办。",
    Obstacle.NO_READER: "身份证读卡器暂时不能用。",
    Obstacle.NO_SCANNER: "扫码器暂时不能用，这件事要扫码才能办。",
    Obstacle.NO_DOCUMENT_CAMERA: "高拍仪暂时不能用，这件事要拍材料才能办。",
    Obstacle.NOT_OFFERED: "这台机器不办这件事。",
    Obstacle.NOT_ON_THIS_TERMINAL_YET: "这件事现在还不能在这台机器上办完。",
    Obstacle.KEEPS_NO_MORE: "这台机器里还有申请没能提交，暂时不收新的。请换一台机器，或到窗口办理。",
    Obstacle.NO_KEY: "这台机器暂时不能安全地提交申请。请换一台机器，或到窗口办理。",
    Obstacle.WITHDRAWN: "这件事暂时不在机器上办了。请到窗口办，或问一问。",
    Obstacle.NO_CARD: "没带身份证，这件事在本机办不了。",
}

NO_CARD = (
    "本机要读身份证里的芯片，手机上的电子证件还读不了。带上身份证再来就可以；"
    "来不及的，先问窗口能不能用别的证件。"
)

SHELF_KIND: Mapping[ShelfKind, str] = {
    "life_event": "按人生大事找",
    "theme": "按主题找",
    "audience": "按办事人找",
    "department": "按部门找",
}

TOPIC: Mapping[Topic, str] = {
    "materials": "材料",
    "time": "办理时间",
    "fee": "费用",
    "where": "办理地点",
    "hours": "办公时间",
    "phone": "电话",
    "in_person": "要不要本人来",
    "online": "能不能网上办",
    "here": "能不能在本机办",
}

GUIDE_SLIP: Mapping[str, str] = {
    "waiting": "正在打印指南，请稍等。",
    "started": "正在打印指南，请稍等。",
    "printed": "指南已打印，请从出纸口取走。",
    "not_printed": "指南没有打印出来。请再试一次，或记下屏幕上的内容。",
    "unknown": "指南可能没有打完整。请看一下出纸口；不完整可以再打一次。",
    "no_printer": "打印机暂时不能用。请记下屏幕上的内容。",
    "enough": "这次已经打印了好几份指南。这一份请记下来，或问工作人员。",
}

RESERVATION: Mapping[Reservation, str] = {
    Reservation.KEPT_UNTIL_ONLINE: "网络暂时不通：申请先存在本机，联网后自动提交，以平台收件时间为准。",
    Reservation.NO_SLIP: "打印机暂时不能用：没有凭条，请记下屏幕上的号码。",
    Reservation.GUIDE_INSTEAD_OF_FACE: "摄像头暂时不能用：请工作人员为您核验。",
    Reservation.FINGERPRINT_INSTEAD_OF_FACE: "摄像头暂时不能用：可以比对指纹，也可以请工作人员核验。",
    Reservation.OTHER_WAY_THAN_FACE: "这件事在本机不能刷脸：换一种方式核验，一样可以办理。",
    Reservation.BRING_PAPERS: "高拍仪暂时不能用：要交的纸质材料，请带到窗口。",
    Reservation.TYPE_INSTEAD_OF_SCAN: "扫码器暂时不能用：要扫的码，请您自己输入。",
}

CARD_TROUBLE: Mapping[CardTrouble, str] = {
    CardTrouble.PULLED_AWAY: "身份证拿开得早了一点。请再放一次，等屏幕变了再拿开。",
    CardTrouble.NOT_READ: "没有读出来。请从卡套里取出身份证，再放一次。",
    CardTrouble.OTHER_KIND: "这不是身份证，本机读不了。请换成身份证；用护照、临时身份证的，请到窗口办理。",
    CardTrouble.READER_FAILED: "读卡器现在不能用，不是您的身份证有问题。请找工作人员，或到窗口办理。",
    CardTrouble.INVALID: "这张身份证上的信息有疑点，本机不能判断。请带上它到窗口办理。",
}

DOCUMENT_NAME: Mapping[DocumentKind, str] = {
    "resident": "居民身份证",
    "permit": "港澳台居民居住证",
    "foreign-2017": "外国人永久居留身份证",
    "foreign-2023": "外国人永久居留身份证",
}

RENEW: Mapping[DocumentKind, str] = {
    "resident": "请先到公安户籍窗口换领新的身份证，再来办理。",
    "permit": "请先到公安户籍窗口换领新的居住证，再来办理。",
    "foreign-2017": "请先到公安出入境窗口换发新证，再来办理。",
    "foreign-2023": "请先到公安出入境窗口换发新证，再来办理。",
}

WAY: Mapping[Way, str] = {
    Way.FACE: "同意并刷脸核验",
    Way.FINGERPRINT: "同意并比对指纹",
    Way.GUIDE: "请工作人员核验",
}

GUIDANCE: Mapping[Guidance, str] = {
    Guidance.NO_FACE: "请把脸放进框里",
    Guidance.SEVERAL_FACES: "请只让您一个人在框里",
    Guidance.COME_CLOSER: "请靠近一点",
    Guidance.MORE_LIGHT: "光线有点暗，请转向亮一点的地方",
    Guidance.HOLD_STILL: "很好，请保持不动",
}

TURN: Mapping[Side | None, str] = {
    Side.LEFT: "请慢慢把头转向左边",
    Side.RIGHT: "请慢慢把头转向右边",
    None: "请正对摄像头",
}
"""The person's own side; with None they look ahead."""

FACE_TROUBLE: Mapping[FaceTrouble, str] = {
    FaceTrouble.NOT_LIVE: "这次没有看清转头的动作。转得太快、光线不好都会这样，很常见。",
    FaceTrouble.NOT_RECOGNISED: "这次没有比对成功。光线、眼镜、多年前的照片都会有影响，很常见。",
    FaceTrouble.CAMERA_FAILED: "摄像头现在不能用。",
    FaceTrouble.PHOTO_NOT_DECODABLE: "本机读不出身份证芯片里的照片，不能刷脸。",
}

GUARDIAN_TROUBLE: Mapping[GuardianTrouble, str] = {
    GuardianTrouble.CHILDS_OWN: "现在放的是孩子的证件。请拿开，换上监护人自己的身份证。",
    GuardianTrouble.UNDER_AGE: "监护人要年满十八岁。请换上监护人的身份证。",
    GuardianTrouble.EXPIRED: "这张身份证已过期，不能用它在本机核验。请换一位监护人，或到窗口办理。",
    GuardianTrouble.INVALID: "这张身份证上的信息有疑点，本机不能判断。请带上它到窗口办理。",
    GuardianTrouble.NOT_READ: "没有读出来。请从卡套里取出身份证，再放一次，等屏幕变了再拿开。",
    GuardianTrouble.READER_FAILED: "读卡器现在不能用，不是您的身份证有问题。请找工作人员，或到窗口办理。",
}

PARTY_TROUBLE: Mapping[PartyTrouble, str] = {
    PartyTrouble.SAME_PERSON: "这张身份证已经用过了。请换上要签名的那个人自己的身份证。",
    PartyTrouble.OTHER_PERSON: "这张身份证不是前面写的那个人的。请换一张，或返回看看前面的号码。",
    PartyTrouble.UNDER_AGE: "签名的人要年满十八岁。可以选“以后再签”，或到窗口问一问。",
    PartyTrouble.EXPIRED: "这张身份证已过期，不能用它在本机核验。可以选“以后再签”。",
    PartyTrouble.INVALID: "这张身份证上的信息有疑点，本机不能判断。可以选“以后再签”。",
    PartyTrouble.NOT_READ: "没有读出来。请从卡套里取出身份证，再放一次，等屏幕变了再拿开。",
    PartyTrouble.READER_FAILED: "读卡器现在不能用，不是身份证有问题。可以选“以后再签”。",
}

PAGE_HINT: Mapping[PageHint, str] = {
    PageHint.LAY_PAPER: "请把材料平放在桌面中间",
    PageHint.HOLD_STILL: "很好，请松手，马上自动拍",
    PageHint.TAKE_AWAY: "拍好了。还有的话，请换下一页",
}

PAGE_PROBLEM: Mapping[PageProblem, str] = {
    PageProblem.CUT_OFF: "纸张超出画面，请移到框内。",
    PageProblem.NO_PAGE: "没有看清整张纸，请平放在桌面中间。",
    PageProblem.WRONG_SHAPE: "纸张形状不符，请看看是不是放对了材料。",
    PageProblem.TOO_FAR: "纸张太小或太远，请平放在桌面上。",
    PageProblem.TOO_DARK: "光线太暗，请别挡住灯光。",
    PageProblem.COVERED: "手指遮住了纸张，请松手。",
    PageProblem.GLARE: "有反光，请把纸张移动一下。",
    PageProblem.BLANK: "上面没有内容，请看看是不是放反了。",
    PageProblem.BLURRED: "不够清晰，请放平，不要动。",
    PageProblem.TOO_LARGE: "这一页文件太大，请找工作人员帮忙。",
}

FINGERPRINT_GUIDANCE: Mapping[FingerprintGuidance, str] = {
    FingerprintGuidance.LAY_FINGER: "请把手指平放在亮着的窗上",
    FingerprintGuidance.LAY_BETTER: "请按平一点，手指太干可以哈一口气",
    FingerprintGuidance.LIFT_FINGER: "这次没有对上，请抬起手指，再按一次",
}

FINGERPRINT_TROUBLE: Mapping[FingerprintTrouble, str] = {
    FingerprintTrouble.NOT_RECOGNISED: "指纹没有对上。手指干燥、磨损、有水都会有影响，很常见。",
    FingerprintTrouble.SENSOR_FAILED: "指纹仪现在不能用。",
}

FINGER: Mapping[Finger, str] = {
    Finger.RIGHT_THUMB: "右手拇指",
    Finger.RIGHT_INDEX: "右手食指",
    Finger.RIGHT_MIDDLE: "右手中指",
    Finger.RIGHT_RING: "右手无名指",
    Finger.RIGHT_LITTLE: "右手小指",
    Finger.LEFT_THUMB: "左手拇指",
    Finger.LEFT_INDEX: "左手食指",
    Finger.LEFT_MIDDLE: "左手中指",
    Finger.LEFT_RING: "左手无名指",
    Finger.LEFT_LITTLE: "左手小指",
    Finger.RIGHT_UNCERTAIN: "右手的一个手指",
    Finger.LEFT_UNCERTAIN: "左手的一个手指",
}
"""A finger of which the chip knows nothing has no name."""

ANSWER_PROBLEM: Mapping[str, str] = {
    "required": "请先填写。",
    "not_a_mobile": "这不像一个手机号码。请检查：11 位数字，以 1 开头。",
    "not_a_date": "没有这一天。请检查年、月、日。",
    "too_early": "这一天太早了。请检查年、月、日。",
    "too_late": "这一天太晚了。请检查年、月、日。",
    "too_long": "写得太长了，请写短一点。",
    "not_a_number": "请只输入数字。",
    "too_fine": "小数点后面的位数太多了，请少写几位。",
    "too_small": "这个数太小了，请检查一下。",
    "too_large": "这个数太大了，请检查一下。",
    "above_calculated": "超过了上面算出来的最多金额，请改小一点。",
    "not_a_citizen_id": "这不像一个身份证号码。请对照身份证，检查 18 位，最后一位可能是 X。",
    "wrong_check": "最后几位对不上。请对照身份证，看看最后几位有没有输错。",
    "no_such_region": "请先点省、市、区，再写门牌号。",
    "region_only": "请再写路名和门牌号，信才能寄到。",
    "own_number": "这是您自己的号码，请填另一个人的号码。",
    "not_such_a_code": "这不像要填的号码。请对照一下，再输一次。",
    "other_code": "这个码里没有要的内容。请换成下面说的那个码。",
    "payment_code": "这是付款码，本机不收款。请收好，不要给别人看。",
    "unreadable_code": "没有扫清楚。请放平，离远一点再扫一次。",
    "page_camera_failed": "高拍仪现在不能用。可以再试一次，也可以把材料带到窗口。",
    "pages_full": "拍够了，放不下更多页。要换哪一页，请点它的小图。",
    "scanner_failed": "扫码器现在不能用，请找工作人员。",
}

LIVE_PROBLEM: Mapping[LiveProblem, str] = {
    "first_figure": "手机号码第一位是 1。请看看第一位。",
    "second_figure": "手机号码第二位是 3 到 9。请看看前两位。",
    "birth_part": "第 7 位到第 14 位是出生年月日。请对照身份证，看看这几位。",
    "wrong_check": "最后几位对不上。请对照身份证，看看最后几位有没有输错。",
}
"""Said while a number is being typed."""

WORDED_BY_THE_MATTER = frozenset(
    {
        "not_a_mobile", "not_a_date", "too_early", "too_late", "too_long", "not_such_a_code", "not_a_number",
        "too_fine", "too_small", "too_large", "not_a_citizen_id", "region_only",
    }
)  # fmt: skip
"""Where a question has words of its own for an answer that does not fit, those are said."""

ENQUIRY_SLIP: Mapping[str, str] = {
    "waiting": "查询凭条马上打印，请稍等。",
    "started": "正在打印查询凭条，请稍等。",
    "printed": "查询凭条已打印，请取走。",
    "not_printed": "查询凭条没有打出来。需要纸质的，请到窗口打印。",
    "unknown": "不能确定查询凭条是否打好。请看一看出纸口，别留下您的凭条。",
    "no_printer": "打印机暂时不能用，没有凭条。需要纸质的，请到窗口打印。",
    "in_mouth": "查询凭条在出纸口，请取走。",
    "taken": "查询凭条已取走，谢谢。",
    "taken_back": "查询凭条没有取走，机器已收回。需要纸质的，请到窗口打印。",
}

NOT_KEPT: Mapping[CommitRefusal | str, str] = {
    "disk_full": "这台机器存不下了，不是您的问题。",
    "storage_failed": "这台机器存储出了故障，不是您的问题。",
    "hash_mismatch": "保存时出了差错，不是您的问题。",
    "incomplete": "保存时出了差错，不是您的问题。",
    "item_offline": "网络刚刚断了，这件事要联网才能办。",
    "queue_full": "等待提交的申请太多，这台机器暂时不能再收。",
    "link_lost": "机器内部的连接断了，不是您的问题。",
    "matter_withdrawn": "这件事刚刚停止在机器上办理，不是您的问题。",
    "key_withdrawn": "这台机器暂时不能安全地提交申请，不是您的问题。",
}

SLIP: Mapping[str, str] = {
    "waiting": "凭条马上打印，请稍等。",
    "started": "正在打印凭条，请稍等。",
    "printed": "凭条已打印，请取走。",
    "not_printed": "凭条没有打出来。申请不受影响，请记下上面的号码。",
    "unknown": "不能确定凭条是否打好。请看一看出纸口；申请不受影响，请记下上面的号码。",
    "in_mouth": "凭条在出纸口，请取走。",
    "taken": "凭条已取走，谢谢。",
    "taken_back": "凭条没有取走，机器已收回。申请不受影响，请记下上面的号码，或请工作人员取出凭条。",
    "no_printer": "打印机暂时不能用，没有凭条。申请不受影响，请记下上面的号码。",
}

REPRINT: Mapping[ReprintReason, str] = {
    "not_come_out": "凭条没有出来",
    "unreadable": "字看不清",
    "torn": "凭条破了，或不完整",
}

CALL: Mapping[CallState, str] = {
    "asking": "正在通知工作人员……",
    "told": "已通知工作人员，请在这里等一会儿。等的时候也可以继续办理。",
    "coming": "工作人员正在过来。",
    "not_told": "没能通知到工作人员。请问身边的工作人员，或打电话 %1。",
}
"""What became of the call for a guide; %1 is the hall's telephone."""

CALL_SHORT: Mapping[CallState, str] = {
    "asking": "正在通知……",
    "told": "已通知工作人员",
    "coming": "工作人员正在过来",
    "not_told": "没能通知到，请问工作人员",
}
"""The same, where there is little room."""

RATING: Mapping[int, str] = {5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意"}
"""GB/T 39735: five levels, the best first."""

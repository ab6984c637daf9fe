import QtQuick

// What is done with a person's picture: agreed to by the button of that way only.
Passage {
    heading: qsTr("刷脸核验，需要您单独同意")
    text: qsTr("摄像头拍到的画面，只在这台机器上与身份证芯片里的照片比对。画面不保存、不上传，比对完就清除。不同意刷脸，请选其他方式，一样可以办理。")
}

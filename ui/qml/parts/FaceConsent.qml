import QtQuick

// What is done with a person's picture: agreed to by the button of that way only.
Passage {
    heading: qsTr("刷脸核验，需要您单独同意")
    text: qsTr("摄像头拍到的画面，只在这台机器上与证件芯片里的照片比对，不保存、不上传，比对完就清除。")
}

import QtQuick

// What is done with a person's fingerprint: agreed to by the button of that way only.
Passage {
    heading: qsTr("比对指纹，需要您单独同意")
    text: qsTr("按下的指纹，只在这台机器上与证件芯片里的指纹比对，不保存、不上传，比对完就清除。")
}

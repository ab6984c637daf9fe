<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>AddressScreen</name>
    <message>
        <source>换一个地方</source>
        <translation>Another place</translation>
    </message>
    <message>
        <source>确定</source>
        <translation>Continue</translation>
    </message>
</context>
<context>
    <name>Attract</name>
    <message>
        <source>在这台机器上就能办事</source>
        <translation>You can do it at this terminal</translation>
    </message>
    <message>
        <source>带上身份证，放上就能办</source>
        <translation>Bring your identity card and lay it down</translation>
    </message>
    <message>
        <source>刷脸、按指纹、找人核验，都行</source>
        <translation>Face, fingerprint or our staff: as you like</translation>
    </message>
    <message>
        <source>签个名，拿走凭条</source>
        <translation>Sign, and take your slip</translation>
    </message>
    <message>
        <source>字可以放大，还可以请人帮忙</source>
        <translation>Larger text, and people who help</translation>
    </message>
    <message>
        <source>点一下屏幕，开始办理</source>
        <translation>Touch the screen to begin</translation>
    </message>
</context>
<context>
    <name>BesideBar</name>
    <message>
        <source>知道了</source>
        <translation>I see</translation>
    </message>
    <message>
        <source>不用来了</source>
        <translation>No longer needed</translation>
    </message>
</context>
<context>
    <name>ButtonsSheet</name>
    <message>
        <source>开始办理</source>
        <translation>Begin</translation>
    </message>
    <message>
        <source>现在不能在这里办</source>
        <translation>Not possible here now</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>向上翻</source>
        <translation>Page up</translation>
    </message>
    <message>
        <source>找事项</source>
        <translation>Find a matter</translation>
    </message>
    <message>
        <source>用您自己的话说，例如“身份证过期了怎么换”</source>
        <translation>In your own words, for example “my card has expired”</translation>
    </message>
    <message>
        <source>按人生大事找</source>
        <translation>By life event</translation>
    </message>
</context>
<context>
    <name>CaptureScreen</name>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>马上拍</source>
        <translation>Take it now</translation>
    </message>
    <message>
        <source>不拍，带到窗口交</source>
        <translation>No, I take it to the counter</translation>
    </message>
    <message>
        <source>高拍仪看到的桌面</source>
        <translation>The table, as the document camera sees it</translation>
    </message>
</context>
<context>
    <name>CardExpiredScreen</name>
    <message>
        <source>证件已过期</source>
        <translation>Your card has expired</translation>
    </message>
    <message>
        <source>您的%1有效期到 %2，本机不能用它办理这件事。</source>
        <translation>Your %1 was valid until %2, and cannot be used for this matter here.</translation>
    </message>
    <message>
        <source>看看其他事项</source>
        <translation>See other matters</translation>
    </message>
    <message>
        <source>着急的话，请到窗口问一问能不能用其他证件。</source>
        <translation>If it is urgent, ask at the counter whether another document will do.</translation>
    </message>
</context>
<context>
    <name>CardNoticeScreen</name>
    <message>
        <source>知道了，继续办理</source>
        <translation>I see, continue</translation>
    </message>
</context>
<context>
    <name>CardScreen</name>
    <message>
        <source>请把身份证放在读卡器上</source>
        <translation>Please lay your identity card on the reader</translation>
    </message>
    <message>
        <source>平放，放稳，等屏幕变了再拿开。</source>
        <translation>Flat and still, until the screen changes.</translation>
    </message>
    <message>
        <source>没带身份证</source>
        <translation>I have no card with me</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
</context>
<context>
    <name>Choices</name>
    <message>
        <source>再看几个（还有 %1 个）</source>
        <translation>Show more (%1 left)</translation>
    </message>
    <message>
        <source>回到前面几个</source>
        <translation>Back to the first ones</translation>
    </message>
</context>
<context>
    <name>ChoicesSheet</name>
    <message>
        <source>非常满意</source>
        <translation>Very satisfied</translation>
    </message>
    <message>
        <source>在，现在就签</source>
        <translation>Yes, and signs now</translation>
    </message>
    <message>
        <source>请带着自己的身份证。核验之后，和您一起在这里签名。</source>
        <translation>With their own identity card. They are verified, and sign here with you.</translation>
    </message>
    <message>
        <source>满意</source>
        <translation>Satisfied</translation>
    </message>
    <message>
        <source>基本满意</source>
        <translation>Fairly satisfied</translation>
    </message>
    <message>
        <source>不满意</source>
        <translation>Dissatisfied</translation>
    </message>
    <message>
        <source>在这台机器上就能办</source>
        <translation>Can be done at this terminal</translation>
    </message>
</context>
<context>
    <name>CodeScreen</name>
    <message>
        <source>确定</source>
        <translation>Continue</translation>
    </message>
</context>
<context>
    <name>ConsentScreen</name>
    <message>
        <source>怎样核验是您本人？</source>
        <translation>How shall we verify you?</translation>
    </message>
    <message>
        <source>办理这件事，需要处理您的信息</source>
        <translation>This matter needs your information</translation>
    </message>
    <message>
        <source>为办理“%1”，本机读取身份证上的信息，连同您填写的内容和手写签名，加密后提交给%2。除此之外不作他用。您离开后，这台机器上不留下能看到的内容。</source>
        <translation>For &quot;%1&quot;, this terminal reads your identity card and sends it, encrypted, with your answers and your handwritten signature to: %2. It is used for nothing else. After you leave, nothing readable remains on this terminal.</translation>
    </message>
</context>
<context>
    <name>Cover</name>
    <message>
        <source>点一下，继续办理</source>
        <translation>Touch to go on</translation>
    </message>
    <message>
        <source>屏幕已遮住</source>
        <translation>The screen is covered</translation>
    </message>
    <message>
        <source>填写的内容都在。点一下屏幕，继续办理。</source>
        <translation>Everything you entered is still there. Touch the screen to go on.</translation>
    </message>
    <message>
        <source>离开</source>
        <translation>Leave</translation>
    </message>
</context>
<context>
    <name>DateScreen</name>
    <message>
        <source>看 %1 日以后</source>
        <translation>From day %1</translation>
    </message>
    <message>
        <source>看月初</source>
        <translation>First days</translation>
    </message>
    <message>
        <source>确定</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>上个月</source>
        <translation>Earlier</translation>
    </message>
    <message>
        <source>下个月</source>
        <translation>Later</translation>
    </message>
</context>
<context>
    <name>DigitPad</name>
    <message>
        <source>清空</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
</context>
<context>
    <name>EasePage</name>
    <message>
        <source>怎样用着方便？</source>
        <translation>What suits you?</translation>
    </message>
    <message>
        <source>需要帮忙吗？</source>
        <translation>Would you like help?</translation>
    </message>
    <message>
        <source>点一下就变，填好的内容都在。离开以后，本机恢复原样。</source>
        <translation>One touch changes it; nothing you filled in is lost. When you leave, everything is as before.</translation>
    </message>
    <message>
        <source>叫工作人员来</source>
        <translation>Call a guide to come</translation>
    </message>
    <message>
        <source>不用来了</source>
        <translation>No longer needed</translation>
    </message>
    <message>
        <source>本机会通知工作人员到这里来</source>
        <translation>This terminal tells a guide to come here</translation>
    </message>
    <message>
        <source>好了，继续</source>
        <translation>Done, continue</translation>
    </message>
    <message>
        <source>不用，谢谢</source>
        <translation>No, thank you</translation>
    </message>
    <message>
        <source>字的大小</source>
        <translation>Text size</translation>
    </message>
    <message>
        <source>标准</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>大</source>
        <translation>Large</translation>
    </message>
    <message>
        <source>较大</source>
        <translation>Larger</translation>
    </message>
    <message>
        <source>最大</source>
        <translation>Largest</translation>
    </message>
    <message>
        <source>长者模式</source>
        <translation>Elder mode</translation>
    </message>
    <message>
        <source>字大、选项少、会朗读、不催人</source>
        <translation>Large text, fewer choices, read aloud, more time</translation>
    </message>
    <message>
        <source>字大、选项少、不催人</source>
        <translation>Large text, fewer choices, more time</translation>
    </message>
    <message>
        <source>朗读屏幕</source>
        <translation>Read aloud</translation>
    </message>
    <message>
        <source>把要做的事念出来</source>
        <translation>Says what to do</translation>
    </message>
    <message>
        <source>本机现在放不出声音</source>
        <translation>This terminal cannot play sound now</translation>
    </message>
    <message>
        <source>黑白分明</source>
        <translation>High contrast</translation>
    </message>
    <message>
        <source>白底黑字，看得更清</source>
        <translation>Black on white</translation>
    </message>
    <message>
        <source>低处操作</source>
        <translation>Low reach</translation>
    </message>
    <message>
        <source>按钮都放低，坐着够得着</source>
        <translation>All buttons low, for who is seated</translation>
    </message>
    <message>
        <source>画面不动</source>
        <translation>No motion</translation>
    </message>
    <message>
        <source>图画停住，不晃眼</source>
        <translation>Pictures stand still</translation>
    </message>
    <message>
        <source>用英文显示</source>
        <translation>In English</translation>
    </message>
</context>
<context>
    <name>EaseSheet</name>
    <message>
        <source>黑白分明</source>
        <translation>High contrast</translation>
    </message>
    <message>
        <source>白底黑字，看得更清</source>
        <translation>Black on white</translation>
    </message>
    <message>
        <source>画面不动</source>
        <translation>No motion</translation>
    </message>
    <message>
        <source>图画停住，不晃眼</source>
        <translation>Pictures stand still</translation>
    </message>
    <message>
        <source>标准</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>大</source>
        <translation>Large</translation>
    </message>
    <message>
        <source>朗读屏幕</source>
        <translation>Read aloud</translation>
    </message>
    <message>
        <source>本机现在放不出声音</source>
        <translation>This terminal cannot play sound now</translation>
    </message>
</context>
<context>
    <name>EndedScreen</name>
    <message>
        <source>请稍候</source>
        <translation>One moment</translation>
    </message>
</context>
<context>
    <name>EnquiredScreen</name>
    <message>
        <source>查好了</source>
        <translation>Looked up</translation>
    </message>
    <message>
        <source>查询凭条仅供您本人参考，不是证明。本机不留下您的查询内容。</source>
        <translation>The slip is for your information only; it is no certificate. Nothing that you looked up stays on this terminal.</translation>
    </message>
    <message>
        <source>继续</source>
        <translation>Continue</translation>
    </message>
</context>
<context>
    <name>FaceConsent</name>
    <message>
        <source>刷脸核验，需要您单独同意</source>
        <translation>A face check needs your separate consent</translation>
    </message>
    <message>
        <source>摄像头拍到的画面，只在这台机器上与证件芯片里的照片比对，不保存、不上传，比对完就清除。</source>
        <translation>What the camera sees is compared with the photo in your card&apos;s chip, on this terminal only. It is not stored and not sent; it is cleared after the comparison.</translation>
    </message>
</context>
<context>
    <name>FaceScreen</name>
    <message>
        <source>换个方式也可以</source>
        <translation>There is another way</translation>
    </message>
    <message>
        <source>请跟着提示做</source>
        <translation>Please follow the instruction</translation>
    </message>
    <message>
        <source>请看摄像头</source>
        <translation>Please look at the camera</translation>
    </message>
    <message>
        <source>您在摄像头里的样子</source>
        <translation>You, as the camera sees you</translation>
    </message>
</context>
<context>
    <name>FindScreen</name>
    <message>
        <source>您要办什么事？用自己的话说</source>
        <translation>What do you want to do? Say it in your own words</translation>
    </message>
    <message>
        <source>您要办的事</source>
        <translation>What you want to do</translation>
    </message>
    <message>
        <source>这里不用输入号码</source>
        <translation>No number is needed here</translation>
    </message>
    <message>
        <source>请说要办的事，例如“身份证过期”。</source>
        <translation>Please say what you want to do, for example “card expired”.</translation>
    </message>
    <message>
        <source>请稍候</source>
        <translation>One moment</translation>
    </message>
    <message>
        <source>没有找到</source>
        <translation>Nothing found</translation>
    </message>
    <message>
        <source>请换个说法试试，或者按类别找。也可以问工作人员，或拨打 %1。</source>
        <translation>Please try other words, or browse. You can also ask the staff, or call %1.</translation>
    </message>
    <message>
        <source>问的是这件事，点开可以看全</source>
        <translation>What you asked about: touch to read it all</translation>
    </message>
    <message>
        <source>在这台机器上就能办</source>
        <translation>Can be done at this terminal</translation>
    </message>
    <message>
        <source>到窗口办，先看指南</source>
        <translation>Done at a counter: read the guide</translation>
    </message>
    <message>
        <source>本大厅常办</source>
        <translation>Often done in this hall</translation>
    </message>
    <message>
        <source>按类别找</source>
        <translation>Browse</translation>
    </message>
</context>
<context>
    <name>FingerprintConsent</name>
    <message>
        <source>比对指纹，需要您单独同意</source>
        <translation>A fingerprint check needs your separate consent</translation>
    </message>
    <message>
        <source>按下的指纹，只在这台机器上与证件芯片里的指纹比对，不保存、不上传，比对完就清除。</source>
        <translation>Your fingerprint is compared with the ones in your card&apos;s chip, on this terminal only. It is not stored and not sent; it is cleared after the comparison.</translation>
    </message>
</context>
<context>
    <name>FingerprintScreen</name>
    <message>
        <source>请把手指按在指纹窗上</source>
        <translation>Please lay your finger on the sensor</translation>
    </message>
    <message>
        <source>换个方式也可以</source>
        <translation>There is another way</translation>
    </message>
</context>
<context>
    <name>Footer</name>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>退出长者模式</source>
        <translation>Leave elder mode</translation>
    </message>
    <message>
        <source>进入长者模式</source>
        <translation>Elder mode</translation>
    </message>
    <message>
        <source>关闭设置</source>
        <translation>Close settings</translation>
    </message>
    <message>
        <source>求助</source>
        <translation>Help</translation>
    </message>
    <message>
        <source>大字和声音</source>
        <translation>Text and sound</translation>
    </message>
    <message>
        <source>离开</source>
        <translation>Leave</translation>
    </message>
    <message>
        <source>按钮升回去</source>
        <translation>Raise the buttons</translation>
    </message>
    <message>
        <source>按钮放低些</source>
        <translation>Lower the buttons</translation>
    </message>
</context>
<context>
    <name>GuardianScreen</name>
    <message>
        <source>孩子未满十四岁，请监护人来办</source>
        <translation>For a child under fourteen, a guardian applies</translation>
    </message>
    <message>
        <source>不用孩子刷脸。请拿开孩子的证件，把监护人自己的身份证放在读卡器上；接着由监护人核验、填写和签名。</source>
        <translation>The child&apos;s face is not compared. Please take away the child&apos;s card and lay the guardian&apos;s own on the reader; then the guardian is verified, fills in the form and signs.</translation>
    </message>
    <message>
        <source>是不是监护人，由受理机关核对。监护人不在，请和监护人一起再来，或到窗口问一问。</source>
        <translation>The authority checks who is the guardian. If no guardian is here, please come back together, or ask at the counter.</translation>
    </message>
</context>
<context>
    <name>GuidePageScreen</name>
    <message>
        <source>打印这份指南</source>
        <translation>Print this guide</translation>
    </message>
    <message>
        <source>这里没有写的，请问窗口。内容尚未核实，以窗口答复为准。</source>
        <translation>What is not said here, the counter knows. Not yet checked: what the counter says counts.</translation>
    </message>
    <message>
        <source>这里没有写的，请问窗口。</source>
        <translation>What is not said here, the counter knows.</translation>
    </message>
    <message>
        <source>手机扫一扫的二维码</source>
        <translation>QR code for your phone</translation>
    </message>
    <message>
        <source>用手机扫一扫，接着看、接着办</source>
        <translation>Scan with your phone to go on</translation>
    </message>
    <message>
        <source>正式名称：%1</source>
        <translation>Official name: %1</translation>
    </message>
    <message>
        <source>正式名称：%1
事项编码：%2</source>
        <translation>Official name: %1
Code: %2</translation>
    </message>
</context>
<context>
    <name>GuideScreen</name>
    <message>
        <source>请工作人员来核验</source>
        <translation>Please call a member of staff</translation>
    </message>
    <message>
        <source>工作人员：请对照本人、身份证和照片，确认是同一个人，再输入您的工号和密码。</source>
        <translation>Staff: compare the person, the card and the photo. If they are the same, enter your staff number and PIN.</translation>
    </message>
    <message>
        <source>正在核对…</source>
        <translation>Checking…</translation>
    </message>
    <message>
        <source>确认是本人</source>
        <translation>Confirm identity</translation>
    </message>
    <message>
        <source>%1 秒后可以再输入。</source>
        <translation>You can enter it again in %1 seconds.</translation>
    </message>
    <message>
        <source>身份证芯片里的照片</source>
        <translation>Photo in the card&apos;s chip</translation>
    </message>
    <message>
        <source>本机读不出芯片里的照片，请看身份证正面。</source>
        <translation>The chip&apos;s photo cannot be read here. Please look at the card itself.</translation>
    </message>
    <message>
        <source>%1  %2</source>
        <translation>%1  %2</translation>
    </message>
    <message>
        <source>工号</source>
        <translation>Staff number</translation>
    </message>
    <message>
        <source>密码</source>
        <translation>PIN</translation>
    </message>
</context>
<context>
    <name>HandPanel</name>
    <message>
        <source>在这里写一个字</source>
        <translation>Write one character here</translation>
    </message>
    <message>
        <source>手写区</source>
        <translation>Writing area</translation>
    </message>
    <message>
        <source>退一笔</source>
        <translation>Undo stroke</translation>
    </message>
    <message>
        <source>重写</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>第 %1 步，共 %2 步</source>
        <translation>Step %1 of %2</translation>
    </message>
</context>
<context>
    <name>IdleWarning</name>
    <message>
        <source>您还在吗？</source>
        <translation>Are you still here?</translation>
    </message>
    <message>
        <source>没有人操作时，本机会结束，并清除您填写的内容。</source>
        <translation>If nobody touches the screen, this terminal ends and clears what you have entered.</translation>
    </message>
    <message>
        <source>我还在，继续办理</source>
        <translation>I am still here</translation>
    </message>
</context>
<context>
    <name>InputArea</name>
    <message>
        <source>拼音</source>
        <translation>Pinyin</translation>
    </message>
    <message>
        <source>手写</source>
        <translation>Write</translation>
    </message>
    <message>
        <source>字母</source>
        <translation>Letters</translation>
    </message>
</context>
<context>
    <name>LinesSheet</name>
    <message>
        <source>费用</source>
        <translation>Cost</translation>
    </message>
    <message>
        <source>不收费</source>
        <translation>Free of charge</translation>
    </message>
    <message>
        <source>电话</source>
        <translation>telephone</translation>
    </message>
    <message>
        <source>办理地点</source>
        <translation>where</translation>
    </message>
    <message>
        <source>申报号</source>
        <translation>Filing number (platform)</translation>
    </message>
    <message>
        <source>本机流水号</source>
        <translation>Terminal serial</translation>
    </message>
</context>
<context>
    <name>LinkLostScreen</name>
    <message>
        <source>请取走身份证。</source>
        <translation>Please take your identity card.</translation>
    </message>
</context>
<context>
    <name>LookUpScreen</name>
    <message>
        <source>正在替您查，请稍等</source>
        <translation>Looking it up for you, one moment please</translation>
    </message>
    <message>
        <source>查到的就不用您填了。只为办这件事查，只查您自己这一次。</source>
        <translation>What is found you need not type. It is looked up for this matter, about you, this once.</translation>
    </message>
</context>
<context>
    <name>MatterScreen</name>
    <message>
        <source>开始办理</source>
        <translation>Begin</translation>
    </message>
    <message>
        <source>打印这份指南</source>
        <translation>Print this guide</translation>
    </message>
    <message>
        <source>现在可以在这台机器上办理</source>
        <translation>You can do this here, now</translation>
    </message>
    <message>
        <source>可以到窗口办：
%1</source>
        <translation>You can do it at the counter:
%1</translation>
    </message>
    <message>
        <source>请留意</source>
        <translation>Good to know</translation>
    </message>
    <message>
        <source>正式名称：%1</source>
        <translation>Official name: %1</translation>
    </message>
</context>
<context>
    <name>MobileScreen</name>
    <message>
        <source>确定</source>
        <translation>Continue</translation>
    </message>
</context>
<context>
    <name>NotKeptScreen</name>
    <message>
        <source>没有保存，也没有提交</source>
        <translation>Not kept and not sent</translation>
    </message>
    <message>
        <source>知道了，结束</source>
        <translation>I see, finish</translation>
    </message>
    <message>
        <source>您填写的内容没有留在这台机器上。</source>
        <translation>Nothing that you entered stays on this terminal.</translation>
    </message>
    <message>
        <source>请换一台机器，或到窗口办理。请取走身份证。</source>
        <translation>Please use another terminal, or go to the counter. Please take your identity card.</translation>
    </message>
    <message>
        <source>请到窗口问一问。请取走身份证。</source>
        <translation>Please ask at the counter. Please take your identity card.</translation>
    </message>
</context>
<context>
    <name>NoticesSheet</name>
    <message>
        <source>现在可以在这台机器上办理</source>
        <translation>You can do this here, now</translation>
    </message>
    <message>
        <source>身份证读卡器暂时不能用</source>
        <translation>The identity card reader is out of order</translation>
    </message>
    <message>
        <source>办事指南仍可查看。要办理，请到窗口，或找工作人员。</source>
        <translation>You can still read what each matter needs. To apply, please go to the counter or ask the staff.</translation>
    </message>
    <message>
        <source>刷脸核验，需要您单独同意</source>
        <translation>A face check needs your separate consent</translation>
    </message>
    <message>
        <source>摄像头拍到的画面，只在这台机器上与证件芯片里的照片比对，不保存、不上传，比对完就清除。</source>
        <translation>What the camera sees is compared with the photo in your card&apos;s chip, on this terminal only. It is not stored and not sent; it is cleared after the comparison.</translation>
    </message>
    <message>
        <source>请取走身份证。</source>
        <translation>Please take your identity card.</translation>
    </message>
</context>
<context>
    <name>NumberScreen</name>
    <message>
        <source>确定</source>
        <translation>Continue</translation>
    </message>
</context>
<context>
    <name>OtherDocumentScreen</name>
    <message>
        <source>换一张证件，再放一次</source>
        <translation>Lay down another document</translation>
    </message>
    <message>
        <source>打印这份指南</source>
        <translation>Print this guide</translation>
    </message>
    <message>
        <source>知道了，看看其他事项</source>
        <translation>I see, show other matters</translation>
    </message>
    <message>
        <source>请带上</source>
        <translation>Please bring</translation>
    </message>
</context>
<context>
    <name>OutcomeScreen</name>
    <message>
        <source>为什么要再打一张？</source>
        <translation>Why once more?</translation>
    </message>
    <message>
        <source>继续</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>接下来</source>
        <translation>What happens next</translation>
    </message>
</context>
<context>
    <name>PageScreen</name>
    <message>
        <source>看看%1，清楚吗？</source>
        <translation>%1: is it clear?</translation>
    </message>
    <message>
        <source>重拍这一页</source>
        <translation>Take it again</translation>
    </message>
    <message>
        <source>删掉这一页</source>
        <translation>Remove this page</translation>
    </message>
    <message>
        <source>清楚，就用这一页</source>
        <translation>Clear, use this page</translation>
    </message>
</context>
<context>
    <name>PaperScreen</name>
    <message>
        <source>看完了，返回签名</source>
        <translation>I have read it, back to signing</translation>
    </message>
</context>
<context>
    <name>PartyCardScreen</name>
    <message>
        <source>请%1放上自己的身份证</source>
        <translation>%1: please lay down your own identity card</translation>
    </message>
    <message>
        <source>请先拿开上一张。只记下姓名、号码和证件种类，其余内容核验完就清除。</source>
        <translation>Please take the other card away first. Only name, number and kind of card are kept; the rest is cleared after the check.</translation>
    </message>
    <message>
        <source>不在，以后再签</source>
        <translation>No, and signs later</translation>
    </message>
</context>
<context>
    <name>PartyScreen</name>
    <message>
        <source>%1在这里吗？</source>
        <translation>%1: here with you?</translation>
    </message>
    <message>
        <source>%1也要签名</source>
        <translation>%1 has to sign, too</translation>
    </message>
    <message>
        <source>继续</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>已核验：%1。等您核对以后，一起签名。</source>
        <translation>Verified: %1. You sign together after checking.</translation>
    </message>
    <message>
        <source>在，现在就签</source>
        <translation>Yes, and signs now</translation>
    </message>
    <message>
        <source>请带着自己的身份证。核验之后，和您一起在这里签名。</source>
        <translation>With their own identity card. They are verified, and sign here with you.</translation>
    </message>
    <message>
        <source>不在，以后再签</source>
        <translation>No, and signs later</translation>
    </message>
    <message>
        <source>知道了，以后再签</source>
        <translation>I see, they sign later</translation>
    </message>
</context>
<context>
    <name>ProgressLine</name>
    <message>
        <source>第 %1 步，共 %2 步</source>
        <translation>Step %1 of %2</translation>
    </message>
</context>
<context>
    <name>RatingScreen</name>
    <message>
        <source>这次自助办理，您满意吗？</source>
        <translation>How was this self-service?</translation>
    </message>
    <message>
        <source>只评价这次自助服务，不影响您的申请。可以不评价。</source>
        <translation>This rates the self-service only and does not affect your application. You need not rate.</translation>
    </message>
    <message>
        <source>不评价</source>
        <translation>Do not rate</translation>
    </message>
</context>
<context>
    <name>ReviewLine</name>
    <message>
        <source>修改</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>修改%1</source>
        <translation>Change: %1</translation>
    </message>
</context>
<context>
    <name>ReviewScreen</name>
    <message>
        <source>请核对填写的内容</source>
        <translation>Please check your answers</translation>
    </message>
    <message>
        <source>身份证上的内容与证件一致，不能修改。</source>
        <translation>What comes from your card is as on the card and cannot be changed.</translation>
    </message>
    <message>
        <source>核对无误，去签名</source>
        <translation>All correct, go and sign</translation>
    </message>
</context>
<context>
    <name>ScanScreen</name>
    <message>
        <source>没有码，或扫不出来：自己输入</source>
        <translation>No code, or it does not scan: type it</translation>
    </message>
    <message>
        <source>上次扫到的：%1</source>
        <translation>Scanned before: %1</translation>
    </message>
    <message>
        <source>把码朝着扫码窗的灯光，离开一掌远。嘀的一声就好了。</source>
        <translation>Hold the code towards the light of the scanner, a hand&apos;s length away. It beeps when it is read.</translation>
    </message>
</context>
<context>
    <name>ScrollArea</name>
    <message>
        <source>向上翻</source>
        <translation>Page up</translation>
    </message>
    <message>
        <source>向下翻</source>
        <translation>Page down</translation>
    </message>
</context>
<context>
    <name>SendingScreen</name>
    <message>
        <source>正在提交，请稍等</source>
        <translation>Sending, one moment please</translation>
    </message>
    <message>
        <source>一般只要几秒。请不要走开，结果会显示在这里。</source>
        <translation>This usually takes a few seconds. Please stay: the result appears here.</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>%1 %2
%3
电话 %4</source>
        <extracomment>ui/models/base.py</extracomment>
        <translation>%1, %2
%3
Telephone %4</translation>
    </message>
    <message>
        <source>还有 %1 分钟结束</source>
        <extracomment>ui/models/beside.py</extracomment>
        <translation>Ends in %1 min</translation>
    </message>
    <message>
        <source>需要帮忙吗？</source>
        <extracomment>ui/models/beside.py</extracomment>
        <translation>Would you like help?</translation>
    </message>
    <message>
        <source>这次办理还有 %1 分钟就结束。没有提交的内容不会保留。</source>
        <extracomment>ui/models/beside.py</extracomment>
        <translation>This visit ends in %1 min. What you have not sent is not kept.</translation>
    </message>
    <message>
        <source>这件事在本机可以用：%1</source>
        <extracomment>ui/models/card.py</extracomment>
        <translation>Accepted for this at the terminal: %1</translation>
    </message>
    <message>
        <source>用%1，请到窗口办</source>
        <extracomment>ui/models/card.py</extracomment>
        <translation>With a %1, please go to the counter</translation>
    </message>
    <message>
        <source>这次可以继续办理。请在到期前换领新证。</source>
        <extracomment>ui/models/card.py</extracomment>
        <translation>You can continue this time. Please renew the card before it expires.</translation>
    </message>
    <message>
        <source>这次可以继续办理。核对时，请仔细看一看证件上的内容。</source>
        <extracomment>ui/models/card.py</extracomment>
        <translation>You can continue. When you check your answers, please look closely at what the card says.</translation>
    </message>
    <message>
        <source>、</source>
        <extracomment>ui/models/card.py, ui/models/identity.py, ui/shell.py</extracomment>
        <translation>; </translation>
    </message>
    <message>
        <source>身份证上有的信息比较少见</source>
        <extracomment>ui/models/card.py</extracomment>
        <translation>Something on your card is unusual</translation>
    </message>
    <message>
        <source>您的身份证今天到期</source>
        <extracomment>ui/models/card.py</extracomment>
        <translation>Your identity card expires today</translation>
    </message>
    <message>
        <source>您的身份证明天到期</source>
        <extracomment>ui/models/card.py</extracomment>
        <translation>Your identity card expires tomorrow</translation>
    </message>
    <message>
        <source>您的身份证还有 %1 天到期</source>
        <extracomment>ui/models/card.py</extracomment>
        <translation>Your identity card expires in %1 days</translation>
    </message>
    <message>
        <source>改办：%1</source>
        <extracomment>ui/models/card.py</extracomment>
        <translation>Instead: %1</translation>
    </message>
    <message>
        <source>请稍等片刻。着急的话，请问工作人员，或拨打 %1。</source>
        <extracomment>ui/models/closing.py</extracomment>
        <translation>Please wait a moment. If it is urgent, ask the staff, or call %1.</translation>
    </message>
    <message>
        <source>不能确定申请是否已保存</source>
        <extracomment>ui/models/closing.py</extracomment>
        <translation>It is not certain whether your application was kept</translation>
    </message>
    <message>
        <source>没有保存</source>
        <extracomment>ui/models/closing.py</extracomment>
        <translation>Not kept</translation>
    </message>
    <message>
        <source>机器正在恢复</source>
        <extracomment>ui/models/closing.py</extracomment>
        <translation>This terminal is recovering</translation>
    </message>
    <message>
        <source>机器刚刚出了故障。请先不要再办一次：请看这台机器稍后的提示，或问工作人员，电话 %1。</source>
        <extracomment>ui/models/closing.py</extracomment>
        <translation>This terminal has just failed. Please do not apply again yet: watch this terminal&apos;s next message, or ask the staff, telephone %1.</translation>
    </message>
    <message>
        <source>机器刚刚出了故障，您的申请没有提交。请换一台机器，或到窗口办理，电话 %1。</source>
        <extracomment>ui/models/closing.py</extracomment>
        <translation>This terminal has just failed, and your application was not sent. Please use another terminal or go to the counter, telephone %1.</translation>
    </message>
    <message>
        <source>%1提供，时间 %2。仅供您本人参考，不是证明。</source>
        <extracomment>ui/models/enquiry.py</extracomment>
        <translation>As told by %1, %2. For your information only; it is no certificate.</translation>
    </message>
    <message>
        <source>看完了，结束</source>
        <extracomment>ui/models/enquiry.py</extracomment>
        <translation>I have read it, finish</translation>
    </message>
    <message>
        <source>没有查到。可以到窗口问一问。</source>
        <extracomment>ui/models/enquiry.py</extracomment>
        <translation>Nothing was found. You can ask at the counter.</translation>
    </message>
    <message>
        <source>看完了，继续</source>
        <extracomment>ui/models/enquiry.py</extracomment>
        <translation>I have read it, continue</translation>
    </message>
    <message>
        <source>打印查询凭条</source>
        <extracomment>ui/models/enquiry.py</extracomment>
        <translation>Print a slip of it</translation>
    </message>
    <message>
        <source>网络暂时不通：有的事要等联网才能办，点开就能看到。</source>
        <extracomment>ui/models/entry.py</extracomment>
        <translation>There is no connection at the moment: some matters have to wait for it, and say so when you open them.</translation>
    </message>
    <message>
        <source>读卡、打印、联网都正常。</source>
        <extracomment>ui/models/entry.py</extracomment>
        <translation>Card reader, printer and network are working.</translation>
    </message>
    <message>
        <source>%1（放在读卡器上即可）</source>
        <extracomment>ui/models/entry.py</extracomment>
        <translation>%1 (just lay it on the reader)</translation>
    </message>
    <message>
        <source>%1（本机生成）</source>
        <extracomment>ui/models/entry.py</extracomment>
        <translation>%1 (made here)</translation>
    </message>
    <message>
        <source>%1（调用电子证照）</source>
        <extracomment>ui/models/entry.py</extracomment>
        <translation>%1 (electronic licence)</translation>
    </message>
    <message>
        <source>%1（请带原件）</source>
        <extracomment>ui/models/entry.py</extracomment>
        <translation>%1 (bring the original)</translation>
    </message>
    <message>
        <source>%1（联网核对）</source>
        <extracomment>ui/models/entry.py</extracomment>
        <translation>%1 (checked online)</translation>
    </message>
    <message>
        <source>%1（签一份承诺）</source>
        <extracomment>ui/models/entry.py</extracomment>
        <translation>%1 (you declare it here)</translation>
    </message>
    <message>
        <source>视情况：%1</source>
        <extracomment>ui/models/entry.py</extracomment>
        <translation>In some cases: %1</translation>
    </message>
    <message>
        <source>受理后 %1 个工作日内</source>
        <extracomment>ui/models/entry.py</extracomment>
        <translation>Within %1 working days of acceptance</translation>
    </message>
    <message>
        <source>当场办</source>
        <extracomment>ui/models/entry.py</extracomment>
        <translation>At once</translation>
    </message>
    <message>
        <source>：今天受理的，最晚 %1</source>
        <extracomment>ui/models/entry.py</extracomment>
        <translation>: if accepted today, by %1</translation>
    </message>
    <message>
        <source>%1 元</source>
        <extracomment>ui/models/entry.py</extracomment>
        <translation>%1 yuan</translation>
    </message>
    <message>
        <source>不收费</source>
        <extracomment>ui/models/entry.py</extracomment>
        <translation>Free of charge</translation>
    </message>
    <message>
        <source>要带来</source>
        <extracomment>ui/models/entry.py</extracomment>
        <translation>Please bring</translation>
    </message>
    <message>
        <source>要多久</source>
        <extracomment>ui/models/entry.py</extracomment>
        <translation>How long</translation>
    </message>
    <message>
        <source>费用</source>
        <extracomment>ui/models/entry.py, ui/sentences.py</extracomment>
        <translation>Cost</translation>
    </message>
    <message>
        <source>要本人来吗</source>
        <extracomment>ui/models/entry.py</extracomment>
        <translation>Who comes</translation>
    </message>
    <message>
        <source>谁来办</source>
        <extracomment>ui/models/entry.py</extracomment>
        <translation>Who handles it</translation>
    </message>
    <message>
        <source>不用带</source>
        <extracomment>ui/models/entry.py</extracomment>
        <translation>Not needed from you</translation>
    </message>
    <message>
        <source>，或</source>
        <extracomment>ui/models/entry.py</extracomment>
        <translation>, or </translation>
    </message>
    <message>
        <source>（尚未核实，以窗口答复为准）</source>
        <extracomment>ui/models/entry.py, ui/models/finding.py</extracomment>
        <translation> (not yet checked; what the counter says counts)</translation>
    </message>
    <message>
        <source>%1（带自己的身份证来，也可以以后签）</source>
        <extracomment>ui/models/entry.py</extracomment>
        <translation>%1 (with their own identity card, or later)</translation>
    </message>
    <message>
        <source>%1（不用来，以后签）</source>
        <extracomment>ui/models/entry.py</extracomment>
        <translation>%1 (need not come, signs later)</translation>
    </message>
    <message>
        <source>还有谁要签名</source>
        <extracomment>ui/models/entry.py</extracomment>
        <translation>Who else signs</translation>
    </message>
    <message>
        <source>来自办事指南：%1</source>
        <extracomment>ui/models/finding.py</extracomment>
        <translation>From the guide: %1</translation>
    </message>
    <message>
        <source>窗口现在不在办公时间，请看下面的时间。</source>
        <extracomment>ui/models/guide_page.py</extracomment>
        <translation>The counter is closed now; the hours are below.</translation>
    </message>
    <message>
        <source>这件事要到窗口办</source>
        <extracomment>ui/models/guide_page.py</extracomment>
        <translation>This is done at a counter</translation>
    </message>
    <message>
        <source>这种情况请到窗口办</source>
        <extracomment>ui/models/guide_page.py</extracomment>
        <translation>In this case, please go to the counter</translation>
    </message>
    <message>
        <source>可以到窗口办，来之前可以先打电话问。</source>
        <extracomment>ui/models/guide_page.py</extracomment>
        <translation>You can do it at the counter; call first if you like.</translation>
    </message>
    <message>
        <source>窗口现在开着。</source>
        <extracomment>ui/models/guide_page.py</extracomment>
        <translation>The counter is open now.</translation>
    </message>
    <message>
        <source>您说的“%1”：%2</source>
        <extracomment>ui/models/finding.py</extracomment>
        <translation>You said “%1”: %2</translation>
    </message>
    <message>
        <source>现在查不到，不是您的问题。可以到窗口问一问。</source>
        <extracomment>ui/models/enquiry.py</extracomment>
        <translation>This cannot be looked up now; it is not your fault. You can ask at the counter.</translation>
    </message>
    <message>
        <source>申报号 %1</source>
        <extracomment>ui/models/enquiry.py</extracomment>
        <translation>Filing number %1</translation>
    </message>
    <message>
        <source>%1收件</source>
        <extracomment>ui/models/enquiry.py</extracomment>
        <translation>Received %1</translation>
    </message>
    <message>
        <source>%1 件事</source>
        <extracomment>ui/models/finding.py</extracomment>
        <translation>%1 matters</translation>
    </message>
    <message>
        <source>在这台机器上办</source>
        <extracomment>ui/models/finding.py</extracomment>
        <translation>At this terminal</translation>
    </message>
    <message>
        <source>看办事指南</source>
        <extracomment>ui/models/finding.py</extracomment>
        <translation>Read the guide</translation>
    </message>
    <message>
        <source>请%1看一遍，然后签名</source>
        <extracomment>ui/models/form.py</extracomment>
        <translation>%1: please read it once, then sign</translation>
    </message>
    <message>
        <source>签好了，请%1签</source>
        <extracomment>ui/models/form.py</extracomment>
        <translation>Signed; now %1</translation>
    </message>
    <message>
        <source>请看一遍，然后签名</source>
        <extracomment>ui/models/form.py</extracomment>
        <translation>Please read it once, then sign</translation>
    </message>
    <message>
        <source>签名并提交</source>
        <extracomment>ui/models/form.py</extracomment>
        <translation>Sign and send</translation>
    </message>
    <message>
        <source>这次不办：%1</source>
        <extracomment>ui/models/form.py</extracomment>
        <translation>Not done this time: %1</translation>
    </message>
    <message>
        <source>点下面任何一个按钮，表示您已看过第一段。只有左边的按钮表示同意刷脸；不同意的，请工作人员核验，一样办理。</source>
        <extracomment>ui/models/identity.py</extracomment>
        <translation>Either button says that you have read the first text. Only the left one agrees to the face check; if you do not agree, have staff verify you: you can apply just the same.</translation>
    </message>
    <message>
        <source>刷脸没有比对成功，请换一种方式，一样可以办理。</source>
        <extracomment>ui/models/identity.py</extracomment>
        <translation>The face check did not succeed. Please choose another way; you can apply just the same.</translation>
    </message>
    <message>
        <source>请看着屏幕上方的摄像头</source>
        <extracomment>ui/models/identity.py</extracomment>
        <translation>Look at the camera above the screen</translation>
    </message>
    <message>
        <source>转头 第 %1 次，共 %2 次</source>
        <extracomment>ui/models/identity.py</extracomment>
        <translation>Turn %1 of %2</translation>
    </message>
    <message>
        <source>请工作人员核验，一样可以办理。</source>
        <extracomment>ui/models/identity.py</extracomment>
        <translation>Please have staff verify you; you can apply just the same.</translation>
    </message>
    <message>
        <source>可以换一种方式，结果一样。</source>
        <extracomment>ui/models/identity.py</extracomment>
        <translation>There are other ways, with the same result.</translation>
    </message>
    <message>
        <source>请监护人本人核验，不用孩子刷脸。%1</source>
        <extracomment>ui/models/identity.py</extracomment>
        <translation>The guardian is verified; the child&apos;s face is not compared. %1</translation>
    </message>
    <message>
        <source>点哪个按钮，就只同意哪一种，也表示已看过第一段。都不同意，可以请工作人员核验，一样办理。</source>
        <extracomment>ui/models/identity.py</extracomment>
        <translation>Each button agrees to its own way only, and says that you have read the first text. If you agree to neither check, have staff verify you; you can apply just the same.</translation>
    </message>
    <message>
        <source>摄像头暂时不能用</source>
        <extracomment>ui/models/identity.py</extracomment>
        <translation>The camera is out of order</translation>
    </message>
    <message>
        <source>摄像头正在重新启动，请稍等</source>
        <extracomment>ui/models/identity.py</extracomment>
        <translation>The camera is being restarted, one moment</translation>
    </message>
    <message>
        <source>请看着亮灯的摄像头，不要动</source>
        <extracomment>ui/models/identity.py</extracomment>
        <translation>Look at the lit camera and hold still</translation>
    </message>
    <message>
        <source>证件里登记的是：%1</source>
        <extracomment>ui/models/identity.py</extracomment>
        <translation>On your card: %1</translation>
    </message>
    <message>
        <source>两种方式，结果一样。选哪一种都可以。</source>
        <extracomment>ui/models/identity.py</extracomment>
        <translation>Two ways, the same result. Either is fine.</translation>
    </message>
    <message>
        <source>三种方式，结果一样。选哪一种都可以。</source>
        <extracomment>ui/models/identity.py</extracomment>
        <translation>Three ways, the same result. Any of them is fine.</translation>
    </message>
    <message>
        <source>再试一次</source>
        <extracomment>ui/models/identity.py</extracomment>
        <translation>Try again</translation>
    </message>
    <message>
        <source>可以再试一次，也可以请工作人员核验，结果一样。</source>
        <extracomment>ui/models/identity.py</extracomment>
        <translation>You can try again, or have staff verify you. The result is the same.</translation>
    </message>
    <message>
        <source>可以再试一次，也可以请工作人员核验。</source>
        <extracomment>ui/models/identity.py</extracomment>
        <translation>You can try again, or have staff verify you.</translation>
    </message>
    <message>
        <source>工号或密码不对，请再输一次。</source>
        <extracomment>ui/models/identity.py</extracomment>
        <translation>Number or PIN is not right. Please enter it again.</translation>
    </message>
    <message>
        <source>输错次数太多，这个工号暂时锁定。</source>
        <extracomment>ui/models/identity.py</extracomment>
        <translation>Too many wrong entries: this number is locked for a while.</translation>
    </message>
    <message>
        <source>正在查：%1
向谁查：%2</source>
        <extracomment>ui/models/looked_up.py</extracomment>
        <translation>Looking up: %1
Asking: %2</translation>
    </message>
    <message>
        <source>联网后本机自动提交，不用再办一次。平台收件之后：%1</source>
        <extracomment>ui/models/outcome.py</extracomment>
        <translation>This terminal sends it when it is connected again; there is no need to apply twice. After the platform has received it: %1</translation>
    </message>
    <message>
        <source>再打一次凭条</source>
        <extracomment>ui/models/outcome.py</extracomment>
        <translation>Print the slip again</translation>
    </message>
    <message>
        <source>平台已收件</source>
        <extracomment>ui/models/outcome.py</extracomment>
        <translation>Received by the platform</translation>
    </message>
    <message>
        <source>已暂存本机，尚未提交</source>
        <extracomment>ui/models/outcome.py</extracomment>
        <translation>Kept here, not yet sent</translation>
    </message>
    <message>
        <source>收件不等于办好。怎么办、什么时候办，由各公司答复。</source>
        <extracomment>ui/models/outcome.py</extracomment>
        <translation>Received does not mean done. Each company tells you what it does, and when.</translation>
    </message>
    <message>
        <source>收件不等于受理，是否受理由受理机关决定。</source>
        <extracomment>ui/models/outcome.py</extracomment>
        <translation>Received does not mean accepted: the authority decides on acceptance.</translation>
    </message>
    <message>
        <source>还没签名：%1。%2</source>
        <extracomment>ui/models/outcome.py</extracomment>
        <translation>Not signed yet: %1. %2</translation>
    </message>
    <message>
        <source>本机时钟可能不准，上面的时间仅供参考。</source>
        <extracomment>ui/models/outcome.py</extracomment>
        <translation>This terminal&apos;s clock may be wrong; the time above is only a hint.</translation>
    </message>
    <message>
        <source>凭条有问题？再打一张</source>
        <extracomment>ui/models/outcome.py</extracomment>
        <translation>Something wrong with the slip? Print another</translation>
    </message>
    <message>
        <source>已暂存本机，尚未提交，不代表已受理；以平台收件时间为准。</source>
        <extracomment>ui/models/outcome.py</extracomment>
        <translation>Kept on this terminal, not yet sent; this does not mean that it is accepted. The time at which the platform receives it is what counts.</translation>
    </message>
    <message>
        <source>本机流水号</source>
        <extracomment>ui/models/outcome.py</extracomment>
        <translation>Terminal serial</translation>
    </message>
    <message>
        <source>申报号</source>
        <extracomment>ui/models/outcome.py</extracomment>
        <translation>Filing number (platform)</translation>
    </message>
    <message>
        <source>收件时间</source>
        <extracomment>ui/models/outcome.py</extracomment>
        <translation>Received at</translation>
    </message>
    <message>
        <source>暂存时间</source>
        <extracomment>ui/models/outcome.py</extracomment>
        <translation>Kept at</translation>
    </message>
    <message>
        <source>两面都拍好了，会合在一页上</source>
        <extracomment>ui/models/papers.py</extracomment>
        <translation>Both sides are taken, they will be put on one page</translation>
    </message>
    <message>
        <source>这一面拍好了，请翻到另一面</source>
        <extracomment>ui/models/papers.py</extracomment>
        <translation>This side is taken, please turn the card over</translation>
    </message>
    <message>
        <source>请放上证件的背面</source>
        <extracomment>ui/models/papers.py</extracomment>
        <translation>Lay down the back of the card</translation>
    </message>
    <message>
        <source>请放上证件，正面朝上</source>
        <extracomment>ui/models/papers.py</extracomment>
        <translation>Lay down the card, front up</translation>
    </message>
    <message>
        <source>第 %1 页</source>
        <extracomment>ui/models/papers.py</extracomment>
        <translation>Page %1</translation>
    </message>
    <message>
        <source>正在重拍：%1</source>
        <extracomment>ui/models/papers.py</extracomment>
        <translation>Taking again: %1</translation>
    </message>
    <message>
        <source>高拍仪正在启动，请稍等</source>
        <extracomment>ui/models/papers.py</extracomment>
        <translation>The document camera is starting, one moment</translation>
    </message>
    <message>
        <source>请重新放好，或者点“马上拍”</source>
        <extracomment>ui/models/papers.py</extracomment>
        <translation>Lay it down again, or touch “Take it now”</translation>
    </message>
    <message>
        <source>拍好了，共 %1 页，继续</source>
        <extracomment>ui/models/papers.py</extracomment>
        <translation>That is all, continue (pages: %1)</translation>
    </message>
    <message>
        <source>拍好再继续</source>
        <extracomment>ui/models/papers.py</extracomment>
        <translation>Take a page to continue</translation>
    </message>
    <message>
        <source>背面</source>
        <extracomment>ui/models/papers.py</extracomment>
        <translation>Back side</translation>
    </message>
    <message>
        <source>正面</source>
        <extracomment>ui/models/papers.py</extracomment>
        <translation>Front side</translation>
    </message>
    <message>
        <source>两面都拍好了，继续</source>
        <extracomment>ui/models/papers.py</extracomment>
        <translation>Both sides are taken, continue</translation>
    </message>
    <message>
        <source>两面都拍好，才能继续</source>
        <extracomment>ui/models/papers.py</extracomment>
        <translation>Both sides are needed to continue</translation>
    </message>
    <message>
        <source>%1：最多 %2 元
怎么算：%3</source>
        <extracomment>ui/models/question.py</extracomment>
        <translation>%1: %2 yuan at most
How it is worked out: %3</translation>
    </message>
    <message>
        <source>还差 %1 位</source>
        <extracomment>ui/models/question.py</extracomment>
        <translation>%1 more</translation>
    </message>
    <message>
        <source>例如 %1</source>
        <extracomment>ui/models/question.py</extracomment>
        <translation>For example %1</translation>
    </message>
    <message>
        <source>这一项没有查到，请您自己填。</source>
        <extracomment>ui/models/question.py</extracomment>
        <translation>This could not be looked up. Please enter it yourself.</translation>
    </message>
    <message>
        <source>星期一</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>Monday</translation>
    </message>
    <message>
        <source>星期二</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>Tuesday</translation>
    </message>
    <message>
        <source>星期三</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>Wednesday</translation>
    </message>
    <message>
        <source>星期四</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>Thursday</translation>
    </message>
    <message>
        <source>星期五</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>Friday</translation>
    </message>
    <message>
        <source>星期六</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>Saturday</translation>
    </message>
    <message>
        <source>星期日</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>Sunday</translation>
    </message>
    <message>
        <source>周一</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>Mon</translation>
    </message>
    <message>
        <source>周二</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>Tue</translation>
    </message>
    <message>
        <source>周三</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>Wed</translation>
    </message>
    <message>
        <source>周四</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>Thu</translation>
    </message>
    <message>
        <source>周五</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>Fri</translation>
    </message>
    <message>
        <source>周六</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>Sat</translation>
    </message>
    <message>
        <source>周日</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>Sun</translation>
    </message>
    <message>
        <source>1月</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>January</translation>
    </message>
    <message>
        <source>2月</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>February</translation>
    </message>
    <message>
        <source>3月</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>March</translation>
    </message>
    <message>
        <source>4月</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>April</translation>
    </message>
    <message>
        <source>5月</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>May</translation>
    </message>
    <message>
        <source>6月</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>June</translation>
    </message>
    <message>
        <source>7月</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>July</translation>
    </message>
    <message>
        <source>8月</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>August</translation>
    </message>
    <message>
        <source>9月</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>September</translation>
    </message>
    <message>
        <source>10月</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>October</translation>
    </message>
    <message>
        <source>11月</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>November</translation>
    </message>
    <message>
        <source>12月</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>December</translation>
    </message>
    <message>
        <source>换省份</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>Change</translation>
    </message>
    <message>
        <source>换城市</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>Change</translation>
    </message>
    <message>
        <source>换区县</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>Change</translation>
    </message>
    <message>
        <source>换街道</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>Change</translation>
    </message>
    <message>
        <source>%1，%2</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>还没有点日子</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>No day yet</translation>
    </message>
    <message>
        <source>%1年</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>%1</translation>
    </message>
    <message>
        <source>%1 到 %2</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>%1 to %2</translation>
    </message>
    <message>
        <source>先点年代，再点年、月、日</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>First touch the decade, then year, month and day</translation>
    </message>
    <message>
        <source>请点年份</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>Touch the year</translation>
    </message>
    <message>
        <source>请点月份</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>Touch the month</translation>
    </message>
    <message>
        <source>请点日子</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>Touch the day</translation>
    </message>
    <message>
        <source>换月份、年份</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>Another month or year</translation>
    </message>
    <message>
        <source>换年份</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>Another year</translation>
    </message>
    <message>
        <source>换年代</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>Another decade</translation>
    </message>
    <message>
        <source>%1年%2</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>%2 %1</translation>
    </message>
    <message>
        <source>请点省份</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>Touch the province</translation>
    </message>
    <message>
        <source>请点城市</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>Touch the city</translation>
    </message>
    <message>
        <source>请点区、县</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>Touch the district or county</translation>
    </message>
    <message>
        <source>请点街道、乡镇</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>Touch the street or town</translation>
    </message>
    <message>
        <source>请接着写：城市、区县、街道、路名和门牌号</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>Now write city, district, street, road and number</translation>
    </message>
    <message>
        <source>请接着写：街道、路名和门牌号</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>Now write street, road and number</translation>
    </message>
    <message>
        <source>请接着写：路名、小区、门牌号</source>
        <extracomment>ui/models/question_picked.py</extracomment>
        <translation>Now write road, building and number</translation>
    </message>
    <message>
        <source>本机要读身份证里的芯片，手机上的电子证件还读不了。带上身份证再来就可以；来不及的，先问窗口能不能用别的证件。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>This terminal reads the chip of the card; it cannot take a document on your phone yet. Come back with your card; or ask the counter whether another document will do.</translation>
    </message>
    <message>
        <source>网络暂时不通，这件事要联网才能办。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>There is no connection at the moment, and this matter needs one.</translation>
    </message>
    <message>
        <source>身份证读卡器暂时不能用。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>The identity card reader is out of order.</translation>
    </message>
    <message>
        <source>扫码器暂时不能用，这件事要扫码才能办。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>The scanner is out of order, and this matter needs a code to be scanned.</translation>
    </message>
    <message>
        <source>高拍仪暂时不能用，这件事要拍材料才能办。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>The document camera is out of order, and this matter needs papers to be taken.</translation>
    </message>
    <message>
        <source>这台机器不办这件事。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>This terminal does not handle this matter.</translation>
    </message>
    <message>
        <source>这件事现在还不能在这台机器上办完。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>This matter cannot be finished at this terminal yet.</translation>
    </message>
    <message>
        <source>这台机器里还有申请没能提交，暂时不收新的。请换一台机器，或到窗口办理。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Applications are still waiting inside this terminal, so it takes no new ones for now. Please use another terminal, or go to the counter.</translation>
    </message>
    <message>
        <source>这台机器暂时不能安全地提交申请。请换一台机器，或到窗口办理。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>This terminal cannot send applications safely at the moment. Please use another terminal, or go to the counter.</translation>
    </message>
    <message>
        <source>这件事暂时不在机器上办了。请到窗口办，或问一问。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>This matter is not done at terminals for the time being. Please go to the counter, or ask there.</translation>
    </message>
    <message>
        <source>没带身份证，这件事在本机办不了。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Without your identity card this cannot be done here.</translation>
    </message>
    <message>
        <source>按人生大事找</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>By life event</translation>
    </message>
    <message>
        <source>按主题找</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>By theme</translation>
    </message>
    <message>
        <source>按办事人找</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>By who it is for</translation>
    </message>
    <message>
        <source>按部门找</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>By department</translation>
    </message>
    <message>
        <source>材料</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>what to bring</translation>
    </message>
    <message>
        <source>办理时间</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>how long it takes</translation>
    </message>
    <message>
        <source>办理地点</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>where</translation>
    </message>
    <message>
        <source>办公时间</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>opening hours</translation>
    </message>
    <message>
        <source>电话</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>telephone</translation>
    </message>
    <message>
        <source>要不要本人来</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>who has to come</translation>
    </message>
    <message>
        <source>能不能网上办</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>online</translation>
    </message>
    <message>
        <source>能不能在本机办</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>at this terminal</translation>
    </message>
    <message>
        <source>正在打印指南，请稍等。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Printing the guide, one moment please.</translation>
    </message>
    <message>
        <source>指南已打印，请从出纸口取走。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>The guide is printed. Please take it.</translation>
    </message>
    <message>
        <source>指南没有打印出来。请再试一次，或记下屏幕上的内容。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>The guide was not printed. Please try again, or note what is on the screen.</translation>
    </message>
    <message>
        <source>指南可能没有打完整。请看一下出纸口；不完整可以再打一次。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>The guide may not be complete. Please look at the paper; you can print it again.</translation>
    </message>
    <message>
        <source>打印机暂时不能用。请记下屏幕上的内容。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>The printer cannot be used now. Please note what is on the screen.</translation>
    </message>
    <message>
        <source>这次已经打印了好几份指南。这一份请记下来，或问工作人员。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Several guides were printed on this visit. Please note this one, or ask the staff.</translation>
    </message>
    <message>
        <source>网络暂时不通：申请先存在本机，联网后自动提交，以平台收件时间为准。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>There is no connection at the moment: your application is kept on this terminal and sent later. The time at which the platform receives it is what counts.</translation>
    </message>
    <message>
        <source>打印机暂时不能用：没有凭条，请记下屏幕上的号码。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>The printer is out of order: no slip. Please note the numbers on the screen.</translation>
    </message>
    <message>
        <source>摄像头暂时不能用：请工作人员为您核验。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>The camera is out of order: a member of staff will verify you.</translation>
    </message>
    <message>
        <source>摄像头暂时不能用：可以比对指纹，也可以请工作人员核验。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>The camera is out of order: your fingerprint can be compared, or a member of staff will verify you.</translation>
    </message>
    <message>
        <source>这件事在本机不能刷脸：换一种方式核验，一样可以办理。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>There is no face check for this matter at this terminal: you are verified in another way, and can apply just the same.</translation>
    </message>
    <message>
        <source>高拍仪暂时不能用：要交的纸质材料，请带到窗口。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>The document camera is out of order: please take papers to the counter.</translation>
    </message>
    <message>
        <source>扫码器暂时不能用：要扫的码，请您自己输入。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>The scanner is out of order: please type what would be scanned.</translation>
    </message>
    <message>
        <source>身份证拿开得早了一点。请再放一次，等屏幕变了再拿开。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>The card was lifted a little early. Please lay it down again, until the screen changes.</translation>
    </message>
    <message>
        <source>没有读出来。请从卡套里取出身份证，再放一次。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>The card could not be read. Please take it out of its sleeve and lay it down again.</translation>
    </message>
    <message>
        <source>这不是身份证，本机读不了。请换成身份证；用护照、临时身份证的，请到窗口办理。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>This is not an identity card, so it cannot be read here. Please use your identity card; with a passport or a temporary card, go to the counter.</translation>
    </message>
    <message>
        <source>读卡器现在不能用，不是您的身份证有问题。请找工作人员，或到窗口办理。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>The reader is out of order; nothing is wrong with your card. Please ask the staff, or go to the counter.</translation>
    </message>
    <message>
        <source>这张身份证上的信息有疑点，本机不能判断。请带上它到窗口办理。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Something on this card is unclear, and this terminal cannot decide. Please take it to the counter.</translation>
    </message>
    <message>
        <source>居民身份证</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>resident identity card</translation>
    </message>
    <message>
        <source>港澳台居民居住证</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>residence permit for residents of Hong Kong, Macau and Taiwan</translation>
    </message>
    <message>
        <source>外国人永久居留身份证</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>foreign permanent resident card</translation>
    </message>
    <message>
        <source>请先到公安户籍窗口换领新的身份证，再来办理。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Please renew your card at the household registration counter first, then come back.</translation>
    </message>
    <message>
        <source>请先到公安户籍窗口换领新的居住证，再来办理。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Please renew your permit at the household registration counter first, then come back.</translation>
    </message>
    <message>
        <source>请先到公安出入境窗口换发新证，再来办理。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Please renew your card at the exit and entry counter first, then come back.</translation>
    </message>
    <message>
        <source>同意并刷脸核验</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Agree, check my face</translation>
    </message>
    <message>
        <source>同意并比对指纹</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Agree, check my fingerprint</translation>
    </message>
    <message>
        <source>请工作人员核验</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Have staff verify me</translation>
    </message>
    <message>
        <source>请把脸放进框里</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Bring your face into the frame</translation>
    </message>
    <message>
        <source>请只让您一个人在框里</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Only you in the frame, please</translation>
    </message>
    <message>
        <source>请靠近一点</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Come a little closer</translation>
    </message>
    <message>
        <source>光线有点暗，请转向亮一点的地方</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>It is rather dark: please turn towards the light</translation>
    </message>
    <message>
        <source>很好，请保持不动</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Good, hold still</translation>
    </message>
    <message>
        <source>请慢慢把头转向左边</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Slowly turn your head to your left</translation>
    </message>
    <message>
        <source>请慢慢把头转向右边</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Slowly turn your head to your right</translation>
    </message>
    <message>
        <source>请正对摄像头</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Face the camera</translation>
    </message>
    <message>
        <source>这次没有看清转头的动作。转得太快、光线不好都会这样，很常见。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>The turns could not be seen clearly this time. Turning fast or poor light can be the reason; it is common.</translation>
    </message>
    <message>
        <source>这次没有比对成功。光线、眼镜、多年前的照片都会有影响，很常见。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>The comparison did not succeed this time. Light, glasses or an old photo can be the reason; it is common.</translation>
    </message>
    <message>
        <source>摄像头现在不能用。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>The camera is out of order.</translation>
    </message>
    <message>
        <source>本机读不出身份证芯片里的照片，不能刷脸。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>This terminal cannot read the photo in the card&apos;s chip, so there is no face check.</translation>
    </message>
    <message>
        <source>现在放的是孩子的证件。请拿开，换上监护人自己的身份证。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>This is the child&apos;s card. Please take it away and lay down the guardian&apos;s own.</translation>
    </message>
    <message>
        <source>监护人要年满十八岁。请换上监护人的身份证。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>A guardian is at least eighteen. Please lay down the guardian&apos;s card.</translation>
    </message>
    <message>
        <source>这张身份证已过期，不能用它在本机核验。请换一位监护人，或到窗口办理。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>This card has expired and cannot be used here. Another guardian can apply, or go to the counter.</translation>
    </message>
    <message>
        <source>没有读出来。请从卡套里取出身份证，再放一次，等屏幕变了再拿开。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>The card could not be read. Please take it out of its sleeve and lay it down again, until the screen changes.</translation>
    </message>
    <message>
        <source>这张身份证已经用过了。请换上要签名的那个人自己的身份证。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>This card was used already. Please lay down the card of the person who is to sign.</translation>
    </message>
    <message>
        <source>这张身份证不是前面写的那个人的。请换一张，或返回看看前面的号码。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>This card is not of the person named before. Please lay down another, or go back and look at the number.</translation>
    </message>
    <message>
        <source>签名的人要年满十八岁。可以选“以后再签”，或到窗口问一问。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Whoever signs is at least eighteen. Choose to sign later, or ask at the counter.</translation>
    </message>
    <message>
        <source>这张身份证已过期，不能用它在本机核验。可以选“以后再签”。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>This card has expired and cannot be used here. Choose to sign later.</translation>
    </message>
    <message>
        <source>这张身份证上的信息有疑点，本机不能判断。可以选“以后再签”。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Something about this card is unclear, and this terminal cannot decide. Choose to sign later.</translation>
    </message>
    <message>
        <source>读卡器现在不能用，不是身份证有问题。可以选“以后再签”。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>The reader is out of order; nothing is wrong with the card. Choose to sign later.</translation>
    </message>
    <message>
        <source>请把材料平放在桌面中间</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Lay the paper flat in the middle of the table</translation>
    </message>
    <message>
        <source>很好，请松手，马上自动拍</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Good, let go: it is taken by itself</translation>
    </message>
    <message>
        <source>拍好了。还有的话，请换下一页</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Taken. If there is another page, lay it down now</translation>
    </message>
    <message>
        <source>纸张超出画面，请移到框内。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>The paper goes beyond the picture. Please move it inside.</translation>
    </message>
    <message>
        <source>没有看清整张纸，请平放在桌面中间。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>The whole paper was not seen. Please lay it flat in the middle.</translation>
    </message>
    <message>
        <source>纸张形状不符，请看看是不是放对了材料。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>This is not the shape expected. Please check whether it is the right paper.</translation>
    </message>
    <message>
        <source>纸张太小或太远，请平放在桌面上。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>The paper is too small or too far away. Please lay it flat on the table.</translation>
    </message>
    <message>
        <source>光线太暗，请别挡住灯光。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>It is too dark. Please do not stand in the light.</translation>
    </message>
    <message>
        <source>手指遮住了纸张，请松手。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>A finger covers the paper. Please let go.</translation>
    </message>
    <message>
        <source>有反光，请把纸张移动一下。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>A lamp is mirrored on it. Please move the paper a little.</translation>
    </message>
    <message>
        <source>上面没有内容，请看看是不是放反了。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Nothing is on it. Please check whether it is face down.</translation>
    </message>
    <message>
        <source>不够清晰，请放平，不要动。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>It is not sharp. Please lay it flat and leave it still.</translation>
    </message>
    <message>
        <source>这一页文件太大，请找工作人员帮忙。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>This page has too many bytes. Please ask the staff.</translation>
    </message>
    <message>
        <source>请把手指平放在亮着的窗上</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Lay your finger flat on the lit window</translation>
    </message>
    <message>
        <source>请按平一点，手指太干可以哈一口气</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>A little flatter; if the finger is dry, breathe on it</translation>
    </message>
    <message>
        <source>这次没有对上，请抬起手指，再按一次</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>No match this time: lift your finger and lay it on again</translation>
    </message>
    <message>
        <source>指纹没有对上。手指干燥、磨损、有水都会有影响，很常见。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>The fingerprint did not match. Dry, worn or wet fingers can be the reason; it is common.</translation>
    </message>
    <message>
        <source>指纹仪现在不能用。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>The fingerprint sensor is out of order.</translation>
    </message>
    <message>
        <source>右手拇指</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>right thumb</translation>
    </message>
    <message>
        <source>右手食指</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>right index finger</translation>
    </message>
    <message>
        <source>右手中指</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>right middle finger</translation>
    </message>
    <message>
        <source>右手无名指</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>right ring finger</translation>
    </message>
    <message>
        <source>右手小指</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>right little finger</translation>
    </message>
    <message>
        <source>左手拇指</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>left thumb</translation>
    </message>
    <message>
        <source>左手食指</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>left index finger</translation>
    </message>
    <message>
        <source>左手中指</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>left middle finger</translation>
    </message>
    <message>
        <source>左手无名指</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>left ring finger</translation>
    </message>
    <message>
        <source>左手小指</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>left little finger</translation>
    </message>
    <message>
        <source>右手的一个手指</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>a finger of the right hand</translation>
    </message>
    <message>
        <source>左手的一个手指</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>a finger of the left hand</translation>
    </message>
    <message>
        <source>请先填写。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Please answer first.</translation>
    </message>
    <message>
        <source>这不像一个手机号码。请检查：11 位数字，以 1 开头。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>This does not look like a mobile number. Please check: 11 digits, beginning with 1.</translation>
    </message>
    <message>
        <source>没有这一天。请检查年、月、日。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>There is no such day. Please check year, month and day.</translation>
    </message>
    <message>
        <source>这一天太早了。请检查年、月、日。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>This day is too early. Please check year, month and day.</translation>
    </message>
    <message>
        <source>这一天太晚了。请检查年、月、日。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>This day is too late. Please check year, month and day.</translation>
    </message>
    <message>
        <source>写得太长了，请写短一点。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>This is too long. Please shorten it.</translation>
    </message>
    <message>
        <source>请只输入数字。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Please enter digits only.</translation>
    </message>
    <message>
        <source>小数点后面的位数太多了，请少写几位。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>There are too many digits after the point. Please enter fewer.</translation>
    </message>
    <message>
        <source>这个数太小了，请检查一下。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>This number is too small. Please check it.</translation>
    </message>
    <message>
        <source>这个数太大了，请检查一下。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>This number is too large. Please check it.</translation>
    </message>
    <message>
        <source>超过了上面算出来的最多金额，请改小一点。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>This is more than the amount worked out above. Please enter less.</translation>
    </message>
    <message>
        <source>这不像一个身份证号码。请对照身份证，检查 18 位，最后一位可能是 X。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>This does not look like a citizen number. Please compare it with the card: 18 characters, the last may be X.</translation>
    </message>
    <message>
        <source>最后几位对不上。请对照身份证，看看最后几位有没有输错。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>The last digits do not fit. Please compare the last digits with the identity card.</translation>
    </message>
    <message>
        <source>请先点省、市、区，再写门牌号。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Please touch province, city and district first, then write the number.</translation>
    </message>
    <message>
        <source>请再写路名和门牌号，信才能寄到。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Please write road and number, too, so that a letter arrives.</translation>
    </message>
    <message>
        <source>这是您自己的号码，请填另一个人的号码。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>This is your own number; the other person&apos;s is needed here.</translation>
    </message>
    <message>
        <source>这不像要填的号码。请对照一下，再输一次。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>This does not look like the number that is asked for. Please compare and enter it again.</translation>
    </message>
    <message>
        <source>这个码里没有要的内容。请换成下面说的那个码。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>This code does not hold what is needed. Please use the one described below.</translation>
    </message>
    <message>
        <source>这是付款码，本机不收款。请收好，不要给别人看。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>This is a payment code, and this terminal takes no payment. Please put it away and show it to nobody.</translation>
    </message>
    <message>
        <source>没有扫清楚。请放平，离远一点再扫一次。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>The code could not be read. Please hold it flat, a little further away.</translation>
    </message>
    <message>
        <source>高拍仪现在不能用。可以再试一次，也可以把材料带到窗口。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>The document camera is out of order. You can try again, or take the paper to the counter.</translation>
    </message>
    <message>
        <source>拍够了，放不下更多页。要换哪一页，请点它的小图。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>There is no room for more pages. To replace one, touch its small picture.</translation>
    </message>
    <message>
        <source>扫码器现在不能用，请找工作人员。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>The scanner is out of order. Please ask the staff.</translation>
    </message>
    <message>
        <source>手机号码第一位是 1。请看看第一位。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>A mobile number begins with 1. Please look at the first digit.</translation>
    </message>
    <message>
        <source>手机号码第二位是 3 到 9。请看看前两位。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>The second digit of a mobile number is 3 to 9. Please look at the first two digits.</translation>
    </message>
    <message>
        <source>第 7 位到第 14 位是出生年月日。请对照身份证，看看这几位。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Digits 7 to 14 are year, month and day of birth. Please compare them with the identity card.</translation>
    </message>
    <message>
        <source>查询凭条马上打印，请稍等。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Your slip is about to be printed, one moment please.</translation>
    </message>
    <message>
        <source>正在打印查询凭条，请稍等。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Your slip is being printed, one moment please.</translation>
    </message>
    <message>
        <source>查询凭条已打印，请取走。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Your slip is printed, please take it.</translation>
    </message>
    <message>
        <source>查询凭条没有打出来。需要纸质的，请到窗口打印。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>The slip was not printed. If you need it on paper, please go to the counter.</translation>
    </message>
    <message>
        <source>不能确定查询凭条是否打好。请看一看出纸口，别留下您的凭条。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>It is not certain that the slip was printed. Please look at the paper slot and leave no slip of yours there.</translation>
    </message>
    <message>
        <source>打印机暂时不能用，没有凭条。需要纸质的，请到窗口打印。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>The printer is out of order, so there is no slip. If you need it on paper, please go to the counter.</translation>
    </message>
    <message>
        <source>查询凭条在出纸口，请取走。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Your slip is in the paper slot, please take it.</translation>
    </message>
    <message>
        <source>查询凭条已取走，谢谢。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>You have your slip, thank you.</translation>
    </message>
    <message>
        <source>查询凭条没有取走，机器已收回。需要纸质的，请到窗口打印。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>The slip was not taken, and the printer has drawn it back. If you need it on paper, please go to the counter.</translation>
    </message>
    <message>
        <source>这台机器存不下了，不是您的问题。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>This terminal is full. It is not your fault.</translation>
    </message>
    <message>
        <source>这台机器存储出了故障，不是您的问题。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>This terminal&apos;s storage failed. It is not your fault.</translation>
    </message>
    <message>
        <source>保存时出了差错，不是您的问题。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Something went wrong while keeping it. It is not your fault.</translation>
    </message>
    <message>
        <source>网络刚刚断了，这件事要联网才能办。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>The connection was lost a moment ago, and this matter needs it.</translation>
    </message>
    <message>
        <source>等待提交的申请太多，这台机器暂时不能再收。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Too many applications are waiting to be sent; this terminal cannot take more at the moment.</translation>
    </message>
    <message>
        <source>机器内部的连接断了，不是您的问题。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>A connection inside this terminal was lost. It is not your fault.</translation>
    </message>
    <message>
        <source>这件事刚刚停止在机器上办理，不是您的问题。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>This matter was stopped at terminals just now. It is not your fault.</translation>
    </message>
    <message>
        <source>这台机器暂时不能安全地提交申请，不是您的问题。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>This terminal cannot send applications safely at the moment. It is not your fault.</translation>
    </message>
    <message>
        <source>凭条马上打印，请稍等。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Your slip is about to be printed, one moment please.</translation>
    </message>
    <message>
        <source>正在打印凭条，请稍等。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Your slip is being printed, one moment please.</translation>
    </message>
    <message>
        <source>凭条已打印，请取走。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Your slip is printed, please take it.</translation>
    </message>
    <message>
        <source>凭条没有打出来。申请不受影响，请记下上面的号码。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>The slip was not printed. Your application is not affected; please note the numbers above.</translation>
    </message>
    <message>
        <source>不能确定凭条是否打好。请看一看出纸口；申请不受影响，请记下上面的号码。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>It is not certain that the slip was printed. Please look at the paper slot. Your application is not affected; please note the numbers above.</translation>
    </message>
    <message>
        <source>凭条在出纸口，请取走。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Your slip is in the paper slot, please take it.</translation>
    </message>
    <message>
        <source>凭条已取走，谢谢。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>You have your slip, thank you.</translation>
    </message>
    <message>
        <source>凭条没有取走，机器已收回。申请不受影响，请记下上面的号码，或请工作人员取出凭条。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>The slip was not taken, and the printer has drawn it back. Your application is not affected; please note the numbers above, or ask the staff for the slip.</translation>
    </message>
    <message>
        <source>打印机暂时不能用，没有凭条。申请不受影响，请记下上面的号码。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>The printer is out of order, so there is no slip. Your application is not affected; please note the numbers above.</translation>
    </message>
    <message>
        <source>凭条没有出来</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>It did not come out</translation>
    </message>
    <message>
        <source>字看不清</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>It cannot be read</translation>
    </message>
    <message>
        <source>凭条破了，或不完整</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>It is torn, or not whole</translation>
    </message>
    <message>
        <source>正在通知工作人员……</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Telling a guide…</translation>
    </message>
    <message>
        <source>已通知工作人员，请在这里等一会儿。等的时候也可以继续办理。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>A guide has been told. Please wait here a moment; you can go on meanwhile.</translation>
    </message>
    <message>
        <source>工作人员正在过来。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>A guide is on the way to you.</translation>
    </message>
    <message>
        <source>没能通知到工作人员。请问身边的工作人员，或打电话 %1。</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>No guide could be told. Please ask the staff near you, or telephone %1.</translation>
    </message>
    <message>
        <source>正在通知……</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Telling a guide…</translation>
    </message>
    <message>
        <source>已通知工作人员</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>A guide is told</translation>
    </message>
    <message>
        <source>工作人员正在过来</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>A guide is coming</translation>
    </message>
    <message>
        <source>没能通知到，请问工作人员</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Not told: ask the staff</translation>
    </message>
    <message>
        <source>非常满意</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Very satisfied</translation>
    </message>
    <message>
        <source>满意</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Satisfied</translation>
    </message>
    <message>
        <source>基本满意</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Fairly satisfied</translation>
    </message>
    <message>
        <source>不满意</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Dissatisfied</translation>
    </message>
    <message>
        <source>非常不满意</source>
        <extracomment>ui/sentences.py</extracomment>
        <translation>Very dissatisfied</translation>
    </message>
</context>
<context>
    <name>ShelvesScreen</name>
    <message>
        <source>找事项</source>
        <translation>Find a matter</translation>
    </message>
    <message>
        <source>这一类事情很多，说出来更快找到</source>
        <translation>Sooner found in your own words</translation>
    </message>
</context>
<context>
    <name>SignScreen</name>
    <message>
        <source>重写</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>不方便签？请人帮忙</source>
        <translation>Hard to sign? Ask for help</translation>
    </message>
    <message>
        <source>叫工作人员来</source>
        <translation>Call a guide to come</translation>
    </message>
    <message>
        <source>看一看：%1</source>
        <translation>Read: %1</translation>
    </message>
    <message>
        <source>签名要您本人写。不方便用手指写的，可以叫工作人员来帮忙，也可以到窗口办：</source>
        <translation>Only you can sign. Whoever cannot write with a finger can call a guide, or go to the counter:</translation>
    </message>
</context>
<context>
    <name>SignatureBox</name>
    <message>
        <source>用手指在这里签名</source>
        <translation>Sign here with your finger</translation>
    </message>
    <message>
        <source>签名区</source>
        <translation>Place to sign</translation>
    </message>
</context>
<context>
    <name>SpeakerButtons</name>
    <message>
        <source>朗读</source>
        <translation>Read</translation>
    </message>
    <message>
        <source>把这一页要做的事念出来</source>
        <translation>Reads aloud what to do on this page</translation>
    </message>
    <message>
        <source>没有声音</source>
        <translation>No sound</translation>
    </message>
    <message>
        <source>静音</source>
        <translation>Mute</translation>
    </message>
    <message>
        <source>出声</source>
        <translation>Sound</translation>
    </message>
    <message>
        <source>每一页都念，或者不念</source>
        <translation>Reads every page aloud, or none</translation>
    </message>
    <message>
        <source>本机现在放不出声音</source>
        <translation>This terminal cannot play sound now</translation>
    </message>
</context>
<context>
    <name>TextScreen</name>
    <message>
        <source>确定</source>
        <translation>Continue</translation>
    </message>
</context>
<context>
    <name>ThanksScreen</name>
    <message>
        <source>办完了，谢谢您</source>
        <translation>Done, thank you</translation>
    </message>
    <message>
        <source>请取走身份证和凭条。</source>
        <translation>Please take your identity card and your slip.</translation>
    </message>
    <message>
        <source>结束</source>
        <translation>Finish</translation>
    </message>
    <message>
        <source>下次您还可以办</source>
        <translation>Next time, you can also do this</translation>
    </message>
</context>
<context>
    <name>TokensSheet</name>
    <message>
        <source>您要办什么事？</source>
        <translation>What would you like to do?</translation>
    </message>
</context>
<context>
    <name>Tools</name>
    <message>
        <source>遮住</source>
        <translation>Hide</translation>
    </message>
    <message>
        <source>把屏幕上的内容都遮住</source>
        <translation>Covers everything on the screen</translation>
    </message>
    <message>
        <source>English</source>
        <translation>中文</translation>
    </message>
</context>
<context>
    <name>TypingSheet</name>
    <message>
        <source>您要办的事</source>
        <translation>What you want to do</translation>
    </message>
    <message>
        <source>找事项</source>
        <translation>Find a matter</translation>
    </message>
    <message>
        <source>费用</source>
        <translation>Cost</translation>
    </message>
</context>
<context>
    <name>UnderFourteenScreen</name>
    <message>
        <source>未满十四岁，请监护人到窗口办</source>
        <translation>For a child under fourteen, a guardian applies at the counter</translation>
    </message>
    <message>
        <source>这不是孩子的证件有问题。法律规定，这样的事由监护人当面办理，也不用孩子刷脸。</source>
        <translation>Nothing is wrong with the child&apos;s card. By law a guardian does this in person, and a child&apos;s face is not compared.</translation>
    </message>
    <message>
        <source>知道了，看看其他事项</source>
        <translation>I see, show other matters</translation>
    </message>
    <message>
        <source>请带上</source>
        <translation>Please bring</translation>
    </message>
    <message>
        <source>监护人自己的身份证</source>
        <translation>The guardian&apos;s own identity card</translation>
    </message>
    <message>
        <source>孩子的身份证</source>
        <translation>The child&apos;s identity card</translation>
    </message>
    <message>
        <source>户口簿或出生证，能看出是监护人</source>
        <translation>Household register or birth certificate, to show who is the guardian</translation>
    </message>
</context>
<context>
    <name>VerifiedScreen</name>
    <message>
        <source>核验通过</source>
        <translation>Verified</translation>
    </message>
    <message>
        <source>下面请回答几个问题。</source>
        <translation>A few questions follow.</translation>
    </message>
    <message>
        <source>继续办理</source>
        <translation>Continue</translation>
    </message>
</context>
<context>
    <name>WayOpen</name>
    <message>
        <source>可以到这里办</source>
        <translation>You can do it here</translation>
    </message>
</context>
<context>
    <name>WelcomeScreen</name>
    <message>
        <source>您要办什么事？</source>
        <translation>What would you like to do?</translation>
    </message>
    <message>
        <source>上一份申请已保存，流水号
%1</source>
        <translation>The last application was kept, number
%1</translation>
    </message>
    <message>
        <source>如果是您的，不用再办一次。详情请问工作人员，或拨打 %1。</source>
        <translation>If it was yours, there is no need to apply again. Ask the staff, or call %1.</translation>
    </message>
    <message>
        <source>身份证读卡器暂时不能用</source>
        <translation>The identity card reader is out of order</translation>
    </message>
    <message>
        <source>办事指南仍可查看。要办理，请到窗口，或找工作人员。</source>
        <translation>You can still read what each matter needs. To apply, please go to the counter or ask the staff.</translation>
    </message>
    <message>
        <source>找事项</source>
        <translation>Find a matter</translation>
    </message>
    <message>
        <source>用您自己的话说，例如“身份证过期了怎么换”</source>
        <translation>In your own words, for example “my card has expired”</translation>
    </message>
    <message>
        <source>在这台机器上就能办</source>
        <translation>Can be done at this terminal</translation>
    </message>
</context>
<context>
    <name>WindowScreen</name>
    <message>
        <source>这种情况请到窗口办</source>
        <translation>In this case, please go to the counter</translation>
    </message>
    <message>
        <source>打印这份指南</source>
        <translation>Print this guide</translation>
    </message>
    <message>
        <source>换一个回答</source>
        <translation>Change my answer</translation>
    </message>
    <message>
        <source>请带上</source>
        <translation>Please bring</translation>
    </message>
</context>
</TS>

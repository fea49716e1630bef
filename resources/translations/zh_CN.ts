<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source> (it is kept as {copy})</source>
        <translation>（已保留为 {copy}）</translation>
    </message>
    <message>
        <source> (no copy could be kept: {reason})</source>
        <translation>（无法保留副本：{reason}）</translation>
    </message>
    <message>
        <source> (the old file is kept as {copy})</source>
        <translation>（旧文件已保留为 {copy}）</translation>
    </message>
    <message>
        <source> &lt;a href=&quot;{link}&quot;&gt;Preferences&lt;/a&gt;</source>
        <translation> &lt;a href=&quot;{link}&quot;&gt;打开设置&lt;/a&gt;</translation>
    </message>
    <message>
        <source> &lt;a href=&quot;{page}&quot;&gt;Open these settings&lt;/a&gt;</source>
        <translation> &lt;a href=&quot;{page}&quot;&gt;打开这项设置&lt;/a&gt;</translation>
    </message>
    <message>
        <source> and </source>
        <translation>，</translation>
    </message>
    <message>
        <source> or </source>
        <translation> 或 </translation>
    </message>
    <message>
        <source>(no label)</source>
        <translation>（无标签）</translation>
    </message>
    <message>
        <source>(preferences, Server)</source>
        <translation>（设置 › 服务器）</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>0 says the likeliest words, more varies them</source>
        <translation>0 表示总是选最可能的词，数值越大越多样</translation>
    </message>
    <message>
        <source>1 entry was deleted.</source>
        <translation>已删除 1 条记录。</translation>
    </message>
    <message>
        <source>1 entry, {size}</source>
        <translation>1 条记录，{size}</translation>
    </message>
    <message>
        <source>1 request blocked: a preview reaches no network.</source>
        <translation>已拦截 1 个请求：预览不会访问网络。</translation>
    </message>
    <message>
        <source>A strip of {width} × {height} pixels is too thin to read; choose a less narrow region.</source>
        <translation>{width} × {height} 像素的长条太窄，无法识别；请选择宽一些的区域。</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>Add and remove rows and columns</source>
        <translation>添加或删除行和列</translation>
    </message>
    <message>
        <source>Add column left</source>
        <translation>在左侧插入列</translation>
    </message>
    <message>
        <source>Add column right</source>
        <translation>在右侧插入列</translation>
    </message>
    <message>
        <source>Add row above</source>
        <translation>在上方插入行</translation>
    </message>
    <message>
        <source>Add row below</source>
        <translation>在下方插入行</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>All pictures in {folder}</source>
        <translation>{folder} 中的所有图片</translation>
    </message>
    <message>
        <source>All tasks</source>
        <translation>所有任务</translation>
    </message>
    <message>
        <source>Allow pictures of the screen…</source>
        <translation>允许截取屏幕…</translation>
    </message>
    <message>
        <source>Allow shortcuts…</source>
        <translation>允许快捷键…</translation>
    </message>
    <message>
        <source>Also those that are answered there already</source>
        <translation>已有回答的图片也重新处理</translation>
    </message>
    <message>
        <source>Another Shotglass is working on {folder}; wait until it is done.</source>
        <translation>另一个 Shotglass 正在使用 {folder}；请等它完成。</translation>
    </message>
    <message>
        <source>Another program holds the history, so answers are not kept in it now; close that program.</source>
        <translation>历史记录被其他程序占用，暂时无法保存回答；请关闭该程序。</translation>
    </message>
    <message>
        <source>Another task</source>
        <translation>换一个任务</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Answer on this computer</source>
        <translation>改由本机回答</translation>
    </message>
    <message>
        <source>Answers go to</source>
        <translation>回答保存到</translation>
    </message>
    <message>
        <source>Answers take longer than they need to, since Triton finds no C compiler; install one (on Debian and Ubuntu: sudo apt install gcc).</source>
        <translation>回答比应有的慢，因为 Triton 找不到 C 编译器；请安装一个（Debian 和 Ubuntu：sudo apt install gcc）。</translation>
    </message>
    <message>
        <source>Any time</source>
        <translation>任何时间</translation>
    </message>
    <message>
        <source>Arabic</source>
        <translation>阿拉伯语</translation>
    </message>
    <message>
        <source>As far as it goes</source>
        <translation>移到尽头</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>Ask about this picture…</source>
        <translation>就这张图片提问…</translation>
    </message>
    <message>
        <source>Asking the server</source>
        <translation>正在询问服务器</translation>
    </message>
    <message>
        <source>Asking {hub}</source>
        <translation>正在连接 {hub}</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>正在询问…</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意力算法</translation>
    </message>
    <message>
        <source>Attention by {failed} failed, so {other} took over; answers may come slower.</source>
        <translation>注意力实现 {failed} 失败，已改用 {other}；回答可能变慢。</translation>
    </message>
    <message>
        <source>Attention by {wanted} does not work here, so it is computed otherwise: {other}.</source>
        <translation>注意力实现 {wanted} 在本机不可用，已改用：{other}。</translation>
    </message>
    <message>
        <source>Attention in use</source>
        <translation>当前注意力算法</translation>
    </message>
    <message>
        <source>Between…</source>
        <translation>自定义范围…</translation>
    </message>
    <message>
        <source>Bootstrap 5</source>
        <translation>Bootstrap 5</translation>
    </message>
    <message>
        <source>Border between two parts</source>
        <translation>两部分之间的分隔条</translation>
    </message>
    <message>
        <source>Border between two parts (Tab)</source>
        <translation>两部分之间的分隔条（按 Tab 到达）</translation>
    </message>
    <message>
        <source>Boxes</source>
        <translation>检测框</translation>
    </message>
    <message>
        <source>Capture: {task}</source>
        <translation>截图：{task}</translation>
    </message>
    <message>
        <source>Change {number} of {total} does not fit the page.</source>
        <translation>第 {number} 处修改（共 {total} 处）与网页不符。</translation>
    </message>
    <message>
        <source>Change {number} of {total} fits {count} places in the page.</source>
        <translation>第 {number} 处修改（共 {total} 处）在网页中有 {count} 处匹配。</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>重新校验</translation>
    </message>
    <message>
        <source>Checking what is here</source>
        <translation>正在检查已有文件</translation>
    </message>
    <message>
        <source>Checking {model}</source>
        <translation>正在校验 {model}</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Clear cells</source>
        <translation>清除单元格</translation>
    </message>
    <message>
        <source>Clear the conversation</source>
        <translation>清空对话</translation>
    </message>
    <message>
        <source>Click into a field and press the keys. The command `shotglass capture --task ID` does the same from a shell.</source>
        <translation>点击输入框，然后按下快捷键。也可以在终端中运行命令 `shotglass capture --task ID`。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close the panel</source>
        <translation>关闭面板</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Comma-separated, for Excel</source>
        <translation>逗号分隔，适用于 Excel</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Copied as MathML</source>
        <translation>已复制为 MathML</translation>
    </message>
    <message>
        <source>Copied as one paragraph</source>
        <translation>已复制为一段</translation>
    </message>
    <message>
        <source>Copied the code</source>
        <translation>已复制代码</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>已复制。</translation>
    </message>
    <message>
        <source>Copies text from the picture</source>
        <translation>照录图片中的文字</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy as MathML</source>
        <translation>复制为 MathML</translation>
    </message>
    <message>
        <source>Copy as one paragraph</source>
        <translation>复制为一段</translation>
    </message>
    <message>
        <source>Copy it again</source>
        <translation>再次复制</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>Copy the selection, or the newest answer</source>
        <translation>复制选中内容或最新的回答</translation>
    </message>
    <message>
        <source>Copy the selection, or the newest answer (Ctrl+C)</source>
        <translation>复制选中内容或最新的回答 (Ctrl+C)</translation>
    </message>
    <message>
        <source>Copy the text by itself when it is complete</source>
        <translation>文字识别完成后自动复制</translation>
    </message>
    <message>
        <source>Copy without line breaks</source>
        <translation>复制并去除换行</translation>
    </message>
    <message>
        <source>Copy {what}</source>
        <translation>复制 {what}</translation>
    </message>
    <message>
        <source>Could not export to {path}: {reason}; choose another place.</source>
        <translation>无法导出到 {path}：{reason}；请换一个位置。</translation>
    </message>
    <message>
        <source>Could not remove {folder} ({reason}); close what uses it and try again.</source>
        <translation>无法删除 {folder}（{reason}）；请关闭正在使用它的程序后重试。</translation>
    </message>
    <message>
        <source>Could not save {path}: {cure}.</source>
        <translation>无法保存 {path}：{cure}。</translation>
    </message>
    <message>
        <source>Days to keep an entry; favourites always stay</source>
        <translation>记录保留天数；收藏的记录始终保留</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Delete all</source>
        <translation>全部删除</translation>
    </message>
    <message>
        <source>Delete all but favourites</source>
        <translation>删除未收藏的记录</translation>
    </message>
    <message>
        <source>Delete all…</source>
        <translation>全部删除…</translation>
    </message>
    <message>
        <source>Delete {count} entries for good? They cannot be brought back.</source>
        <translation>要永久删除 {count} 条记录吗？删除后无法恢复。</translation>
    </message>
    <message>
        <source>Describe</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Describing, asking, translating and rebuilding designs need the Qwen2.5-VL model and {gpu} with {size} GB or more of free memory, which this computer does not have. Everything else works without.</source>
        <translation>描述、提问、翻译和还原设计需要 Qwen2.5-VL 模型，以及空闲显存不小于 {size} GB 的 {gpu}，这台电脑不具备。其他功能都可以正常使用。</translation>
    </message>
    <message>
        <source>Detect</source>
        <translation>检测</translation>
    </message>
    <message>
        <source>Done: {tally}.</source>
        <translation>已完成：{tally}。</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Download {model}?</source>
        <translation>下载 {model}？</translation>
    </message>
    <message>
        <source>Downloading {model}</source>
        <translation>正在下载 {model}</translation>
    </message>
    <message>
        <source>Download…</source>
        <translation>下载…</translation>
    </message>
    <message>
        <source>Drag to capture  ·  Ctrl: adjust first  ·  Space: whole screen  ·  R: last region  ·  Esc: cancel</source>
        <translation>拖动以截图  ·  Ctrl：先调整  ·  空格：整个屏幕  ·  R：上次区域  ·  Esc：取消</translation>
    </message>
    <message>
        <source>Drop a picture here, paste one (Ctrl+V) or open one (Ctrl+O).</source>
        <translation>将图片拖到此处，或粘贴 (Ctrl+V)、打开 (Ctrl+O) 图片。</translation>
    </message>
    <message>
        <source>Drop pictures, PDFs or folders here, or choose them.</source>
        <translation>将图片、PDF 或文件夹拖到这里，或点击按钮选择。</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>创建副本</translation>
    </message>
    <message>
        <source>Edit the cell</source>
        <translation>编辑单元格</translation>
    </message>
    <message>
        <source>Embedded OCR</source>
        <translation>内置 OCR</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英语</translation>
    </message>
    <message>
        <source>Enlarge the picture</source>
        <translation>放大图片</translation>
    </message>
    <message>
        <source>Enter sends the question</source>
        <translation>按 Enter 发送问题</translation>
    </message>
    <message>
        <source>Enter the address of {host} without a name and a password in it; the key has its own place.</source>
        <translation>{host} 的地址中请不要包含用户名和密码；密钥另有输入处。</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Every model needs it, and brings it where it is missing.</source>
        <translation>每个模型都需要它；缺少时会随模型一起下载。</translation>
    </message>
    <message>
        <source>Excel workbook</source>
        <translation>Excel 工作簿</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Exported to {file}.</source>
        <translation>已导出到 {file}。</translation>
    </message>
    <message>
        <source>Exporting {done} of {count}…</source>
        <translation>正在导出 {done}/{count}…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>File type:</source>
        <translation>文件类型：</translation>
    </message>
    <message>
        <source>Files…</source>
        <translation>文件…</translation>
    </message>
    <message>
        <source>Find in the source</source>
        <translation>在源代码中查找</translation>
    </message>
    <message>
        <source>Find…</source>
        <translation>查找…</translation>
    </message>
    <message>
        <source>First row is a header</source>
        <translation>首行为标题</translation>
    </message>
    <message>
        <source>Fit the picture</source>
        <translation>图片适应宽度</translation>
    </message>
    <message>
        <source>Folder (*)</source>
        <translation>文件夹 (*)</translation>
    </message>
    <message>
        <source>Folder for the answers</source>
        <translation>保存回答的文件夹</translation>
    </message>
    <message>
        <source>Folder of a Qwen2.5-VL checkpoint</source>
        <translation>Qwen2.5-VL 模型所在的文件夹</translation>
    </message>
    <message>
        <source>Folder of pictures to read</source>
        <translation>要处理的图片文件夹</translation>
    </message>
    <message>
        <source>Folder:</source>
        <translation>文件夹：</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>文件夹…</translation>
    </message>
    <message>
        <source>Formula</source>
        <translation>公式</translation>
    </message>
    <message>
        <source>Free the GPU</source>
        <translation>释放显存</translation>
    </message>
    <message>
        <source>French</source>
        <translation>法语</translation>
    </message>
    <message>
        <source>From</source>
        <translation>起始日期</translation>
    </message>
    <message>
        <source>GPU runtime (torch {version})</source>
        <translation>GPU 运行库（torch {version}）</translation>
    </message>
    <message>
        <source>General</source>
        <translation>常规</translation>
    </message>
    <message>
        <source>German</source>
        <translation>德语</translation>
    </message>
    <message>
        <source>Get the model…</source>
        <translation>获取模型…</translation>
    </message>
    <message>
        <source>Getting ready</source>
        <translation>正在准备</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>Hide {label}</source>
        <translation>隐藏 {label}</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>History…</source>
        <translation>历史记录…</translation>
    </message>
    <message>
        <source>How much of the page is seen</source>
        <translation>网页的显示比例</translation>
    </message>
    <message>
        <source>How this answer came about</source>
        <translation>查看回答的生成详情</translation>
    </message>
    <message>
        <source>Icon</source>
        <translation>图标</translation>
    </message>
    <message>
        <source>It fits this computer&apos;s GPU.</source>
        <translation>适合本机的 GPU。</translation>
    </message>
    <message>
        <source>It is on this disk already, in {place}.</source>
        <translation>已在本机磁盘上，位于 {place}。</translation>
    </message>
    <message>
        <source>It is on this disk, whole and checked.</source>
        <translation>已保存到本机磁盘，文件完整并通过校验。</translation>
    </message>
    <message>
        <source>It is removed; its room on the disk is free again.</source>
        <translation>已删除，磁盘空间已释放。</translation>
    </message>
    <message>
        <source>It is whole: every byte is as it came.</source>
        <translation>文件完整，与下载时一致。</translation>
    </message>
    <message>
        <source>Italian</source>
        <translation>意大利语</translation>
    </message>
    <message>
        <source>Japanese</source>
        <translation>日语</translation>
    </message>
    <message>
        <source>Join lines into paragraphs</source>
        <translation>将各行合并成段落</translation>
    </message>
    <message>
        <source>Keep all</source>
        <translation>全部保留</translation>
    </message>
    <message>
        <source>Keep and try</source>
        <translation>保存并测试</translation>
    </message>
    <message>
        <source>Keep no history (private)</source>
        <translation>不保留历史记录（隐私模式）</translation>
    </message>
    <message>
        <source>Keep panels open when another picture is taken</source>
        <translation>再次截图时保持面板打开</translation>
    </message>
    <message>
        <source>Keep the key in a file</source>
        <translation>将密钥保存在文件中</translation>
    </message>
    <message>
        <source>Keep the selection for adjusting until Enter</source>
        <translation>选区可继续调整，按 Enter 确认</translation>
    </message>
    <message>
        <source>Keep this panel open</source>
        <translation>保持此面板打开</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键一览</translation>
    </message>
    <message>
        <source>Korean</source>
        <translation>韩语</translation>
    </message>
    <message>
        <source>LaTeX</source>
        <translation>LaTeX</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Largest picture the model is given</source>
        <translation>交给模型的最大图片尺寸</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>Last 365 days</source>
        <translation>最近 365 天</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>Last answers</source>
        <translation>最近的回答</translation>
    </message>
    <message>
        <source>Lay the page out for a phone, 390 pixels wide</source>
        <translation>按手机宽度（390 像素）排版</translation>
    </message>
    <message>
        <source>Let the embedded OCR foretell what the model copies; its answer stays the same</source>
        <translation>用内置 OCR 加速模型照录文字；回答内容不变</translation>
    </message>
    <message>
        <source>Likeness {percent}.</source>
        <translation>相似度 {percent}。</translation>
    </message>
    <message>
        <source>Likeness {percent}: {parts}: {off}.</source>
        <translation>相似度 {percent}：{parts}；{off}。</translation>
    </message>
    <message>
        <source>Listen to the keyboard for shortcuts that Windows refuses; other programs lose them</source>
        <translation>监听键盘，以使用 Windows 拒绝注册的快捷键；其他程序将收不到这些按键</translation>
    </message>
    <message>
        <source>Load the model</source>
        <translation>加载模型</translation>
    </message>
    <message>
        <source>Loading the OCR models</source>
        <translation>正在加载 OCR 模型</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>正在加载模型</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Log level</source>
        <translation>日志详细程度</translation>
    </message>
    <message>
        <source>Longest</source>
        <translation>最大长度</translation>
    </message>
    <message>
        <source>Look at this computer</source>
        <translation>检查这台电脑</translation>
    </message>
    <message>
        <source>Look for a newer version</source>
        <translation>检查新版本</translation>
    </message>
    <message>
        <source>Looking for pictures…</source>
        <translation>正在查找图片…</translation>
    </message>
    <message>
        <source>Looking; this takes some seconds…</source>
        <translation>正在检查，需要几秒钟…</translation>
    </message>
    <message>
        <source>Make the change again</source>
        <translation>重做更改</translation>
    </message>
    <message>
        <source>Make the picture smaller</source>
        <translation>缩小图片</translation>
    </message>
    <message>
        <source>Menu of a label or a link</source>
        <translation>标签或链接的菜单</translation>
    </message>
    <message>
        <source>Minutes without work until the GPU is freed; 0 keeps the model</source>
        <translation>空闲多少分钟后释放显存；0 表示一直保留模型</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Model of the engine Qwen2.5-VL: a preset or a folder; empty is the best that fits</source>
        <translation>Qwen2.5-VL 引擎的模型：预设模型或文件夹；留空则自动选择最合适的</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>More that can be done with the page</source>
        <translation>更多网页操作</translation>
    </message>
    <message>
        <source>Most GPU memory to use, in GiB; 0 is all that is free</source>
        <translation>显存使用上限 (GiB)；0 表示使用全部空闲显存</translation>
    </message>
    <message>
        <source>Most entries to keep in the history; favourites always stay</source>
        <translation>最多保留的记录条数；收藏的记录始终保留</translation>
    </message>
    <message>
        <source>Most megabytes of pictures and texts to keep; favourites always stay</source>
        <translation>图片和文字最多占用空间 (MB)；收藏的记录始终保留</translation>
    </message>
    <message>
        <source>Move it</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>My task</source>
        <translation>我的任务</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Needs the model</source>
        <translation>需要模型</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>New line in the cell</source>
        <translation>单元格内换行</translation>
    </message>
    <message>
        <source>No GPU here computes in bfloat16, so the model runs on the CPU, which is slow.</source>
        <translation>本机没有支持 bfloat16 的 GPU，模型将在 CPU 上运行，速度较慢。</translation>
    </message>
    <message>
        <source>No address for updates is entered: write update_address and update_key into the settings file, as the README describes.</source>
        <translation>尚未填写更新地址：请按 README 的说明，在设置文件中写入 update_address 和 update_key。</translation>
    </message>
    <message>
        <source>No server is entered; enter its address in the {page}, or give it with --server URL.</source>
        <translation>尚未填写服务器；请在{page}中填写地址，或用 --server URL 指定。</translation>
    </message>
    <message>
        <source>No text found in this picture.</source>
        <translation>图片中没有找到文字。</translation>
    </message>
    <message>
        <source>Not advised: it needs {needed} GB of GPU memory, and {here} GB are free.</source>
        <translation>不建议：需要 {needed} GB 显存，目前空闲 {here} GB。</translation>
    </message>
    <message>
        <source>Not advised: without {gpu} it answers very slowly.</source>
        <translation>不建议：没有 {gpu}，回答会非常慢。</translation>
    </message>
    <message>
        <source>Not kept yet: {problem}</source>
        <translation>尚未保存：{problem}</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
    <message>
        <source>Nothing has been captured yet: drag over a region once, then the last region can be captured again.</source>
        <translation>还没有截过图：先拖动选择一次区域，之后即可再次截取上次的区域。</translation>
    </message>
    <message>
        <source>Nothing is kept while Private is on. Switch it off in the tray or in the preferences.</source>
        <translation>隐私模式已开启，不保留任何记录。可在托盘菜单或设置中关闭。</translation>
    </message>
    <message>
        <source>Nothing is kept yet. Take a picture and ask something about it: the answer will be here.</source>
        <translation>还没有任何记录。截一张图并提出任务，回答会保存在这里。</translation>
    </message>
    <message>
        <source>Nothing matches. Use fewer letters, or &lt;a href=&quot;all&quot;&gt;look at everything&lt;/a&gt;.</source>
        <translation>没有匹配的记录。请减少搜索字词，或&lt;a href=&quot;all&quot;&gt;查看全部&lt;/a&gt;。</translation>
    </message>
    <message>
        <source>Nothing of that kind was found in this picture.</source>
        <translation>图片中没有找到此类对象。</translation>
    </message>
    <message>
        <source>On Wayland wl-copy keeps a text on the clipboard: install wl-clipboard, or copy the printed text.</source>
        <translation>在 Wayland 上需要 wl-copy 才能把文字保留在剪贴板中：请安装 wl-clipboard，或直接复制输出的文字。</translation>
    </message>
    <message>
        <source>One a line: its name, a colon, and what is offered, the usual one first</source>
        <translation>每行一个选项：名称、冒号、可选值，默认值排在最前</translation>
    </message>
    <message>
        <source>Only Linux desktops have such entries; there is nothing to install here.</source>
        <translation>只有 Linux 桌面才有这种菜单项；这里无需安装。</translation>
    </message>
    <message>
        <source>Only favourites</source>
        <translation>只看收藏</translation>
    </message>
    <message>
        <source>Only this one</source>
        <translation>仅显示此项</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open a picture</source>
        <translation>打开图片</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Open in the browser</source>
        <translation>在浏览器中打开</translation>
    </message>
    <message>
        <source>Open it in a panel and ask on (Enter)</source>
        <translation>在面板中打开并继续提问 (Enter)</translation>
    </message>
    <message>
        <source>Open last panel</source>
        <translation>打开上一个面板</translation>
    </message>
    <message>
        <source>Open log</source>
        <translation>打开日志</translation>
    </message>
    <message>
        <source>Open pictures</source>
        <translation>打开图片</translation>
    </message>
    <message>
        <source>Open {what}</source>
        <translation>打开 {what}</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Other folder…</source>
        <translation>其他文件夹…</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>叠加</translation>
    </message>
    <message>
        <source>Own tasks</source>
        <translation>自定义任务</translation>
    </message>
    <message>
        <source>PNG picture</source>
        <translation>PNG 图片</translation>
    </message>
    <message>
        <source>PP-OCRv6, embedded</source>
        <translation>PP-OCRv6，内置</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>网页</translation>
    </message>
    <message>
        <source>Panel</source>
        <translation>面板</translation>
    </message>
    <message>
        <source>Paste a picture</source>
        <translation>粘贴图片</translation>
    </message>
    <message>
        <source>Paste it into Word or a web page as a formula</source>
        <translation>可作为公式粘贴到 Word 或网页中</translation>
    </message>
    <message>
        <source>Pause hotkeys</source>
        <translation>暂停快捷键</translation>
    </message>
    <message>
        <source>Pick the next part of the page</source>
        <translation>选取网页的下一个部分</translation>
    </message>
    <message>
        <source>Pick the part before</source>
        <translation>选取上一个部分</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Picture and words are too much for the model at {host}; choose a smaller region, or {here}.</source>
        <translation>图片和文字超出了 {host} 上模型的上限；请选择小一些的区域，或{here}。</translation>
    </message>
    <message>
        <source>Picture with its boxes</source>
        <translation>带检测框的图片</translation>
    </message>
    <message>
        <source>Picture with its words</source>
        <translation>可选择文字的图片</translation>
    </message>
    <message>
        <source>Picture with the boxes</source>
        <translation>带检测框的图片</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Pictures and PDFs ({patterns})</source>
        <translation>图片和 PDF ({patterns})</translation>
    </message>
    <message>
        <source>Pictures are sent to {place}</source>
        <translation>图片将发送到 {place}</translation>
    </message>
    <message>
        <source>Pictures at once</source>
        <translation>同时处理的图片数</translation>
    </message>
    <message>
        <source>Pictures of the screen</source>
        <translation>屏幕截图</translation>
    </message>
    <message>
        <source>Pictures that a server answers leave this computer; the panel and the tray say so each time. The engine “the best that works here” asks it where this computer has no model, the engine “a server” always (page Engine).</source>
        <translation>由服务器回答的图片会离开这台电脑，面板和托盘每次都会提示。在“引擎”页中选择“本机可用的最佳引擎”时，只有本机没有模型才会询问服务器；选择“服务器”则始终询问服务器。</translation>
    </message>
    <message>
        <source>Pictures to read</source>
        <translation>要处理的图片</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Portuguese</source>
        <translation>葡萄牙语</translation>
    </message>
    <message>
        <source>Precision of the model</source>
        <translation>模型精度</translation>
    </message>
    <message>
        <source>Preferences…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Press {keys} and drag over a piece of the screen.</source>
        <translation>按下 {keys} 后在屏幕上拖动选择区域。</translation>
    </message>
    <message>
        <source>Press {keys} and drag over a piece of the screen. You can also drop or paste a picture here.</source>
        <translation>按下 {keys} 后在屏幕上拖动选择区域。也可以将图片拖放或粘贴到这里。</translation>
    </message>
    <message>
        <source>Preview of the page</source>
        <translation>网页预览</translation>
    </message>
    <message>
        <source>Private: keep no history</source>
        <translation>隐私模式：不保留历史记录</translation>
    </message>
    <message>
        <source>Private: no answer is kept</source>
        <translation>隐私模式：不保留回答</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Question about this picture</source>
        <translation>关于这张图片的问题</translation>
    </message>
    <message>
        <source>Questions and answers</source>
        <translation>问答</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Read a folder…</source>
        <translation>处理文件夹…</translation>
    </message>
    <message>
        <source>Read at full size</source>
        <translation>按原尺寸识别</translation>
    </message>
    <message>
        <source>Read files…</source>
        <translation>处理文件…</translation>
    </message>
    <message>
        <source>Read many pictures</source>
        <translation>批量处理图片</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Regenerate the answer</source>
        <translation>重新生成回答</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Remove column</source>
        <translation>删除列</translation>
    </message>
    <message>
        <source>Remove row</source>
        <translation>删除行</translation>
    </message>
    <message>
        <source>Remove {model}?</source>
        <translation>删除 {model}？</translation>
    </message>
    <message>
        <source>Remove “{title}”? Its prompt is deleted.</source>
        <translation>要移除“{title}”吗？其提示词将被删除。</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>Removing {model}</source>
        <translation>正在删除 {model}</translation>
    </message>
    <message>
        <source>Report on this computer</source>
        <translation>这台电脑的检查报告</translation>
    </message>
    <message>
        <source>Reset…</source>
        <translation>还原…</translation>
    </message>
    <message>
        <source>Russian</source>
        <translation>俄语</translation>
    </message>
    <message>
        <source>SQLite {version} cannot search a history, so none is kept; install {oldest} or newer.</source>
        <translation>SQLite {version} 无法搜索历史记录，因此不会保存历史记录；请安装 {oldest} 或更新的版本。</translation>
    </message>
    <message>
        <source>SVG picture</source>
        <translation>SVG 图片</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save everything in a file</source>
        <translation>全部保存到文件</translation>
    </message>
    <message>
        <source>Saved as {name}</source>
        <translation>已保存为 {name}</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Say what to change in it…</source>
        <translation>说明要如何修改它…</translation>
    </message>
    <message>
        <source>Say what to change, or ask…</source>
        <translation>说明要修改的地方，或提问…</translation>
    </message>
    <message>
        <source>Search texts, answers, tasks, dates…</source>
        <translation>搜索文字、回答、任务、日期…</translation>
    </message>
    <message>
        <source>Search the history</source>
        <translation>搜索历史记录</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Select on the picture</source>
        <translation>在图片上选择文字</translation>
    </message>
    <message>
        <source>Select word by word</source>
        <translation>逐词选择</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Server…</source>
        <translation>服务器…</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Shortcut of a capture</source>
        <translation>截图快捷键</translation>
    </message>
    <message>
        <source>Shortcut: {keys} · &lt;a href=&quot;shortcut&quot;&gt;Change…&lt;/a&gt;</source>
        <translation>快捷键：{keys} · &lt;a href=&quot;shortcut&quot;&gt;更改…&lt;/a&gt;</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Shotglass</source>
        <translation>Shotglass</translation>
    </message>
    <message>
        <source>Shotglass cannot listen at {address}: {reason}.</source>
        <translation>Shotglass 无法监听 {address}：{reason}。</translation>
    </message>
    <message>
        <source>Shotglass cannot use the proxy that this computer sets; set HTTPS_PROXY to an http:// address.</source>
        <translation>Shotglass 无法使用本机设置的代理；请将 HTTPS_PROXY 设为 http:// 开头的地址。</translation>
    </message>
    <message>
        <source>Shotglass cannot use {folder} ({reason}); make that folder yours.</source>
        <translation>Shotglass 无法使用 {folder}（{reason}）；请确认你拥有该文件夹的权限。</translation>
    </message>
    <message>
        <source>Shotglass cannot write to {folder} ({reason}); make that folder yours.</source>
        <translation>Shotglass 无法写入 {folder}（{reason}）；请确认你拥有该文件夹的权限。</translation>
    </message>
    <message>
        <source>Shotglass cannot write to {folder}; make that folder yours and start again.</source>
        <translation>Shotglass 无法写入 {folder}；请将该文件夹的所有者改为当前用户，然后重新启动。</translation>
    </message>
    <message>
        <source>Shotglass capture</source>
        <translation>Shotglass 截图</translation>
    </message>
    <message>
        <source>Shotglass could not be started ({program}: {reason}).</source>
        <translation>Shotglass 无法启动（{program}：{reason}）。</translation>
    </message>
    <message>
        <source>Shotglass did not start; {log} says why.</source>
        <translation>Shotglass 未能启动；原因见 {log}。</translation>
    </message>
    <message>
        <source>Shotglass did not understand that; are two versions installed?</source>
        <translation>Shotglass 无法识别该命令；是否安装了两个版本？</translation>
    </message>
    <message>
        <source>Shotglass history</source>
        <translation>Shotglass 历史记录</translation>
    </message>
    <message>
        <source>Shotglass is free software under the Apache License 2.0; so are the models of its embedded OCR (PP-OCR). Qt is used under the LGPL 3. Weights of Qwen2.5-VL are downloaded only when you ask for them and have their own licence: read it on the page of the model, since the smaller one may not be used for business.</source>
        <translation>Shotglass 是采用 Apache License 2.0 许可的自由软件，其内置 OCR 的模型 (PP-OCR) 也采用同一许可。Qt 依据 LGPL 3 使用。Qwen2.5-VL 的权重只在你要求时下载，并有各自的许可：请在模型页面上阅读，较小的模型不可用于商业用途。</translation>
    </message>
    <message>
        <source>Shotglass is running but did not take the command; quit it and start it again.</source>
        <translation>Shotglass 正在运行，但没有接受命令；请退出后重新启动。</translation>
    </message>
    <message>
        <source>Shotglass is running but does not answer ({reason}); quit it and start it again.</source>
        <translation>Shotglass 正在运行，但没有响应（{reason}）；请退出后重新启动。</translation>
    </message>
    <message>
        <source>Shotglass keeps what is copied while it runs</source>
        <translation>Shotglass 运行期间会保留复制的内容</translation>
    </message>
    <message>
        <source>Shotglass preferences</source>
        <translation>Shotglass 设置</translation>
    </message>
    <message>
        <source>Shotglass runs in another session of yours, where you do not see it: quit it there first.</source>
        <translation>Shotglass 正在你的另一个会话中运行，在这里看不到：请先在那边退出。</translation>
    </message>
    <message>
        <source>Shotglass {version} is out: {page}</source>
        <translation>Shotglass {version} 已发布：{page}</translation>
    </message>
    <message>
        <source>Shotglass {version} is the newest version.</source>
        <translation>Shotglass {version} 已是最新版本。</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>全部显示</translation>
    </message>
    <message>
        <source>Show all keys</source>
        <translation>显示所有按键</translation>
    </message>
    <message>
        <source>Show history…</source>
        <translation>查看历史记录…</translation>
    </message>
    <message>
        <source>Show models</source>
        <translation>显示模型</translation>
    </message>
    <message>
        <source>Show the history</source>
        <translation>显示历史记录</translation>
    </message>
    <message>
        <source>Show {label}</source>
        <translation>显示 {label}</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>Signs around LaTeX that is copied</source>
        <translation>复制 LaTeX 时使用的定界符</translation>
    </message>
    <message>
        <source>Simplified Chinese</source>
        <translation>简体中文</translation>
    </message>
    <message>
        <source>Something went wrong inside Shotglass; the log has the details (tray menu, Open log). You can try again.</source>
        <translation>Shotglass 内部出错，详情请看日志（托盘菜单 › 打开日志）。可以重试。</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>源代码</translation>
    </message>
    <message>
        <source>Source of the page</source>
        <translation>网页源代码</translation>
    </message>
    <message>
        <source>Spanish</source>
        <translation>西班牙语</translation>
    </message>
    <message>
        <source>Stack</source>
        <translation>技术栈</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Start with the desktop</source>
        <translation>登录时自动启动</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop before</source>
        <translation>停止文本</translation>
    </message>
    <message>
        <source>Stop reading</source>
        <translation>停止识别</translation>
    </message>
    <message>
        <source>Stop the answer, or close the panel</source>
        <translation>停止回答，或关闭面板</translation>
    </message>
    <message>
        <source>Stopped: {tally}. Start goes on from here.</source>
        <translation>已停止：{tally}。点击“开始”可从此处继续。</translation>
    </message>
    <message>
        <source>Swipe</source>
        <translation>滑动</translation>
    </message>
    <message>
        <source>Tab-separated</source>
        <translation>制表符分隔</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Tailwind CSS</source>
        <translation>Tailwind CSS</translation>
    </message>
    <message>
        <source>Take the change back</source>
        <translation>撤销更改</translation>
    </message>
    <message>
        <source>Take “{title}” back to how it came?</source>
        <translation>要将“{title}”还原为初始设置吗？</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Tasks stand from the smallest number to the largest</source>
        <translation>任务按数值从小到大排列</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Text and QR codes are read at once, by the OCR inside: no download, no network. The answer floats beside the region, and text is on the clipboard.</source>
        <translation>文字和二维码由内置 OCR 即时识别，无需下载，也无需网络。回答显示在选区旁，文字自动复制到剪贴板。</translation>
    </message>
    <message>
        <source>Text of the picture</source>
        <translation>图片中的文本</translation>
    </message>
    <message>
        <source>The GPU has too little memory for this; close other programs, or choose a smaller region.</source>
        <translation>显存不足；请关闭其他程序，或选择小一些的区域。</translation>
    </message>
    <message>
        <source>The GPU stopped answering; try again, and if that does not help restart Shotglass. Your picture is kept here.</source>
        <translation>GPU 停止响应；请重试，如果仍然不行，请重新启动 Shotglass。图片会保留在这里。</translation>
    </message>
    <message>
        <source>The Qwen2.5-VL engine needs the GPU runtime; it comes with a model (preferences, Models), or by `shotglass models download runtime`.</source>
        <translation>Qwen2.5-VL 引擎需要 GPU 运行库；下载模型时会一并下载（设置 › 模型），也可运行 `shotglass models download runtime`。</translation>
    </message>
    <message>
        <source>The Qwen2.5-VL engine needs torch, which this package does not hold; start Shotglass from its source (`python3 installer/run.py`), or enter a server in the preferences.</source>
        <translation>Qwen2.5-VL 引擎需要 torch，而此安装包不含它；请从源代码启动 Shotglass（`python3 installer/run.py`），或在设置中填写服务器。</translation>
    </message>
    <message>
        <source>The Qwen2.5-VL engine needs torch; install the extra with `pip install shotglass[qwen]`.</source>
        <translation>Qwen2.5-VL 引擎需要 torch；请用 `pip install shotglass[qwen]` 安装。</translation>
    </message>
    <message>
        <source>The Qwen2.5-VL engine needs torch; install the one for your GPU as pytorch.org says, and then `pip install shotglass[qwen]`.</source>
        <translation>Qwen2.5-VL 引擎需要 torch；请先按 pytorch.org 的说明安装适合您显卡的版本，再运行 `pip install shotglass[qwen]`。</translation>
    </message>
    <message>
        <source>The Qwen2.5-VL model is on this computer: every task works.</source>
        <translation>Qwen2.5-VL 模型已在本机就绪，所有任务均可使用。</translation>
    </message>
    <message>
        <source>The X server refused a connection for shortcuts; use `shotglass capture`.</source>
        <translation>X 服务器拒绝了快捷键的连接；请使用 `shotglass capture`。</translation>
    </message>
    <message>
        <source>The X server {name} cannot be reached; check DISPLAY, or log in to the desktop again.</source>
        <translation>无法连接 X 服务器 {name}；请检查 DISPLAY，或重新登录桌面。</translation>
    </message>
    <message>
        <source>The address for updates cannot be reached ({reason}); try again later.</source>
        <translation>无法访问更新地址（{reason}）；请稍后再试。</translation>
    </message>
    <message>
        <source>The address for updates must begin with https://; correct update_address in the settings file.</source>
        <translation>更新地址必须以 https:// 开头；请改正设置文件中的 update_address。</translation>
    </message>
    <message>
        <source>The address for updates sent no list of Shotglass; check update_address in the settings file.</source>
        <translation>更新地址返回的不是 Shotglass 的版本列表；请检查设置文件中的 update_address。</translation>
    </message>
    <message>
        <source>The answer changes nothing in the page; ask again in other words.</source>
        <translation>这个回答没有更改网页；请换个说法再试。</translation>
    </message>
    <message>
        <source>The answer ended in the middle of a change.</source>
        <translation>回答在一处修改中途结束了。</translation>
    </message>
    <message>
        <source>The answer ended in the middle of the page.</source>
        <translation>回答在网页中途结束了。</translation>
    </message>
    <message>
        <source>The answer ends before any of these texts, each in quotes</source>
        <translation>回答在出现其中任一文本之前结束，每个文本用引号括起</translation>
    </message>
    <message>
        <source>The answer is complete.</source>
        <translation>回答已完成。</translation>
    </message>
    <message>
        <source>The answer was cut at {tokens} tokens, the most it may have; ask for the rest, or allow more (max_tokens).</source>
        <translation>回答已达到 {tokens} 个 token 的上限，被截断；可以追问其余内容，或调高上限（max_tokens）。</translation>
    </message>
    <message>
        <source>The answer was cut at {tokens} tokens, where the server&apos;s context was full; choose a smaller region, or start the server with a larger context.</source>
        <translation>回答在 {tokens} 个 token 处被截断，因为服务器的上下文已满；请选择较小的区域，或以更大的上下文启动服务器。</translation>
    </message>
    <message>
        <source>The arrow keys, Home and End move it.</source>
        <translation>用方向键、Home 和 End 移动。</translation>
    </message>
    <message>
        <source>The best for this computer&apos;s GPU.</source>
        <translation>最适合本机的 GPU。</translation>
    </message>
    <message>
        <source>The change does not fit the page.</source>
        <translation>这处修改与网页不符。</translation>
    </message>
    <message>
        <source>The change fits {count} places in the page.</source>
        <translation>这处修改在网页中有 {count} 处匹配。</translation>
    </message>
    <message>
        <source>The check was stopped.</source>
        <translation>校验已停止。</translation>
    </message>
    <message>
        <source>The clipboard could not be reached; copy the printed text instead.</source>
        <translation>无法访问剪贴板；请直接复制输出的文字。</translation>
    </message>
    <message>
        <source>The desktop did not register the shortcuts; start Shotglass again, or bind the command `shotglass capture` to a key in your desktop&apos;s keyboard settings.</source>
        <translation>桌面未能注册快捷键；请重新启动 Shotglass，或在桌面的键盘设置中将命令 `shotglass capture` 绑定到一个按键。</translation>
    </message>
    <message>
        <source>The desktop did not take {keys}; set a key for “{title}” in your desktop&apos;s keyboard settings.</source>
        <translation>桌面没有接受 {keys}；请在桌面的键盘设置中为“{title}”设置按键。</translation>
    </message>
    <message>
        <source>The desktop gave no picture of the screen: its question was closed without a yes, or it can take none here.</source>
        <translation>桌面没有给出屏幕图片：它的询问被关闭而未获允许，或者它在这里无法截图。</translation>
    </message>
    <message>
        <source>The desktop registered none of the shortcuts; set one for Shotglass there, or bind the command `shotglass capture` to a key in your desktop&apos;s keyboard settings.</source>
        <translation>桌面没有注册任何快捷键；请在桌面设置中为 Shotglass 设置一个，或在其键盘设置中将命令 `shotglass capture` 绑定到一个按键。</translation>
    </message>
    <message>
        <source>The desktop said no: allow it in the system settings under the permissions of Shotglass, then try again.</source>
        <translation>桌面拒绝了请求：请在系统设置的 Shotglass 权限中允许，然后重试。</translation>
    </message>
    <message>
        <source>The desktop&apos;s picture of the screen could not be read: try again.</source>
        <translation>无法读取桌面提供的屏幕截图：请重试。</translation>
    </message>
    <message>
        <source>The desktop&apos;s portal did not answer in time: try again, or log in to the desktop again.</source>
        <translation>桌面的门户服务没有及时响应：请重试，或重新登录桌面。</translation>
    </message>
    <message>
        <source>The desktop&apos;s portal failed ({error}): try again, or log in to the desktop again.</source>
        <translation>桌面的门户服务出错（{error}）：请重试，或重新登录桌面。</translation>
    </message>
    <message>
        <source>The desktop&apos;s question about shortcuts was not answered with yes; start Shotglass again, or bind the command `shotglass capture` to a key in your desktop&apos;s keyboard settings.</source>
        <translation>桌面询问是否允许快捷键时未获同意；请重新启动 Shotglass，或在桌面的键盘设置中将命令 `shotglass capture` 绑定到一个按键。</translation>
    </message>
    <message>
        <source>The desktop&apos;s question was closed without a yes: try again, and allow it.</source>
        <translation>桌面的询问窗口被关闭，没有得到允许：请重试并选择允许。</translation>
    </message>
    <message>
        <source>The disk is full, so answers are not kept in the history now; free some space.</source>
        <translation>磁盘已满，回答暂时无法存入历史记录；请释放一些空间。</translation>
    </message>
    <message>
        <source>The disk of {folder} is full; free some space and start the download again, it goes on there.</source>
        <translation>{folder} 所在磁盘已满；请释放一些空间后重新开始下载，会从断点继续。</translation>
    </message>
    <message>
        <source>The download of {model} was stopped; what came is kept, and the next download goes on there.</source>
        <translation>{model} 的下载已停止；已下载的部分会保留，下次从断点继续。</translation>
    </message>
    <message>
        <source>The embedded OCR answers the Text task on any CPU; the other tasks need a Qwen2.5-VL model. The first one that fits the free memory of the GPU is the best for this computer.</source>
        <translation>内置 OCR 在任何 CPU 上都能完成“文本”任务；其他任务需要 Qwen2.5-VL 模型。列表中第一个放得进空闲显存的模型最适合这台电脑。</translation>
    </message>
    <message>
        <source>The embedded OCR engine is not loaded; choose it again in the tray menu.</source>
        <translation>内置 OCR 引擎尚未加载；请在托盘菜单中重新选择。</translation>
    </message>
    <message>
        <source>The embedded OCR models are missing from this installation; install Shotglass again to get them back.</source>
        <translation>安装中缺少内置 OCR 模型；请重新安装 Shotglass。</translation>
    </message>
    <message>
        <source>The export was stopped; nothing was written.</source>
        <translation>导出已停止，没有写入任何文件。</translation>
    </message>
    <message>
        <source>The folder {path} is there already; choose another name for the export.</source>
        <translation>文件夹 {path} 已存在；请为导出换一个名称。</translation>
    </message>
    <message>
        <source>The history was damaged; it is kept as {path}, and a new one has begun.</source>
        <translation>历史记录已损坏；原文件保留为 {path}，并已新建历史记录。</translation>
    </message>
    <message>
        <source>The history was written by a newer Shotglass, so nothing is kept now; update Shotglass to use it again.</source>
        <translation>历史记录由更新版本的 Shotglass 写入，目前不会保存新内容；请更新 Shotglass 后继续使用。</translation>
    </message>
    <message>
        <source>The history {path} cannot be written ({reason}), so answers are not kept in it; make that folder yours and free some space.</source>
        <translation>无法写入历史记录 {path}（{reason}），回答不会被保存；请确认该文件夹可写，并释放一些空间。</translation>
    </message>
    <message>
        <source>The history {path} cannot be written, so answers are not kept in it; make that folder yours and free some space.</source>
        <translation>无法写入历史记录 {path}，回答不会被保存；请确认该文件夹可写，并释放一些空间。</translation>
    </message>
    <message>
        <source>The hub</source>
        <translation>下载站点</translation>
    </message>
    <message>
        <source>The key for {host} holds signs that no key has; enter it again {aside}.</source>
        <translation>{host} 的密钥含有无效字符；请重新输入{aside}。</translation>
    </message>
    <message>
        <source>The key will stand in a plain file in your settings folder that only your account can read. Whoever can read your files can use it. Keep it there?</source>
        <translation>密钥将以明文保存在设置文件夹的文件中，只有当前用户可以读取。能读取这些文件的人都可以使用该密钥。要保存吗？</translation>
    </message>
    <message>
        <source>The longest answer, in tokens of about four letters</source>
        <translation>回答的最大长度（以 token 计）</translation>
    </message>
    <message>
        <source>The model began to repeat itself, so its answer was stopped there.</source>
        <translation>模型开始重复自己，回答已在那里停止。</translation>
    </message>
    <message>
        <source>The model computes no numbers: its files are damaged; check them (preferences, Models).</source>
        <translation>模型算不出数值：模型文件已损坏；请检查文件（设置 › 模型）。</translation>
    </message>
    <message>
        <source>The model {model} at {host} sees no pictures; choose another one in the {page}, or {here}.</source>
        <translation>{host} 上的模型 {model} 不能识别图片；请在{page}中换一个模型，或{here}。</translation>
    </message>
    <message>
        <source>The next one (Enter)</source>
        <translation>下一个 (Enter)</translation>
    </message>
    <message>
        <source>The one before (Shift+Enter)</source>
        <translation>上一个 (Shift+Enter)</translation>
    </message>
    <message>
        <source>The option “{line}” offers nothing; write it as “name: first | second”.</source>
        <translation>选项“{line}”没有可选值；请写成“name: first | second”的形式。</translation>
    </message>
    <message>
        <source>The page and the picture</source>
        <translation>网页与图片对比</translation>
    </message>
    <message>
        <source>The page as a browser draws it; Ctrl and click picks a part to change</source>
        <translation>浏览器中的显示效果；按住 Ctrl 单击可选取要修改的部分</translation>
    </message>
    <message>
        <source>The page as it is written</source>
        <translation>网页的源代码</translation>
    </message>
    <message>
        <source>The page is being drawn…</source>
        <translation>正在绘制网页…</translation>
    </message>
    <message>
        <source>The page over the picture; the slider makes it come and go</source>
        <translation>网页叠加在图片上，用滑块调节透明度</translation>
    </message>
    <message>
        <source>The pasted picture</source>
        <translation>粘贴的图片</translation>
    </message>
    <message>
        <source>The picture and the page</source>
        <translation>图片与网页</translation>
    </message>
    <message>
        <source>The picture and the words are too much for this GPU&apos;s memory; choose a smaller region.</source>
        <translation>图片和文字超出了显存容量；请选择小一些的区域。</translation>
    </message>
    <message>
        <source>The picture is too large for {host}; choose a smaller region, or {here}.</source>
        <translation>图片对 {host} 来说太大；请选择小一些的区域，或{here}。</translation>
    </message>
    <message>
        <source>The picture on the left of the line, the page on its right</source>
        <translation>分隔线左侧为图片，右侧为网页</translation>
    </message>
    <message>
        <source>The picture on the left, the page on the right</source>
        <translation>左侧为图片，右侧为网页</translation>
    </message>
    <message>
        <source>The picture was copied.</source>
        <translation>图片已复制。</translation>
    </message>
    <message>
        <source>The picture was read at {width} × {height} pixels, {share} % of its size.</source>
        <translation>图片按 {width} × {height} 像素读取，为原大小的 {share}%。</translation>
    </message>
    <message>
        <source>The portals of this desktop do not run: install xdg-desktop-portal and log in again.</source>
        <translation>桌面的门户服务没有运行：请安装 xdg-desktop-portal 并重新登录。</translation>
    </message>
    <message>
        <source>The preview does not run as root, where its sandbox cannot; start Shotglass as another user.</source>
        <translation>以 root 身份运行时沙箱不可用，因此无法预览；请以其他用户身份启动 Shotglass。</translation>
    </message>
    <message>
        <source>The preview does not start here: {error}. Install what it lacks with your system&apos;s packages.</source>
        <translation>预览无法启动：{error}。请通过系统的软件包安装所缺的组件。</translation>
    </message>
    <message>
        <source>The preview needs Shotglass to be started by its own command, which keeps the preview off the network.</source>
        <translation>要使用预览，请通过 Shotglass 自己的命令启动程序，以确保预览不会联网。</translation>
    </message>
    <message>
        <source>The preview needs a sandbox, which this system forbids to programs; allow unprivileged user namespaces (Ubuntu: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0) and start Shotglass anew.</source>
        <translation>预览需要沙箱，而此系统禁止程序使用沙箱；请允许非特权用户命名空间（Ubuntu：sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0），然后重新启动 Shotglass。</translation>
    </message>
    <message>
        <source>The report could not be made; run `shotglass doctor` in a terminal.</source>
        <translation>无法生成报告；请在终端中运行 `shotglass doctor`。</translation>
    </message>
    <message>
        <source>The screen could not be photographed: try again, or use the desktop&apos;s own screenshot key and paste the picture.</source>
        <translation>无法截取屏幕：请重试，或使用桌面自带的截图键，然后粘贴图片。</translation>
    </message>
    <message>
        <source>The screen of the last region is gone or has changed: drag over the region again.</source>
        <translation>上次区域所在的屏幕已移除或有变化：请重新拖动选择区域。</translation>
    </message>
    <message>
        <source>The screens changed during the capture: please capture again.</source>
        <translation>截图时屏幕发生了变化：请重新截图。</translation>
    </message>
    <message>
        <source>The seed “{text}” is no whole number; 0 is the usual one.</source>
        <translation>随机种子“{text}”不是整数；一般使用 0。</translation>
    </message>
    <message>
        <source>The server is not connected; choose the engine again in the preferences.</source>
        <translation>服务器未连接；请在设置中重新选择引擎。</translation>
    </message>
    <message>
        <source>The settings file {file} could not be read ({reason}); the defaults are used{kept}.</source>
        <translation>无法读取设置文件 {file}（{reason}），已使用默认设置{kept}。</translation>
    </message>
    <message>
        <source>The settings file {file} has a value that cannot be used: &quot;{name}&quot; is not valid and the default is used{kept}.</source>
        <translation>设置文件 {file} 中有无法使用的值：“{name}”无效，已使用默认值{kept}。</translation>
    </message>
    <message>
        <source>The settings file {file} has a value that cannot be used: &quot;{name}&quot; is unknown and ignored{kept}.</source>
        <translation>设置文件 {file} 中有无法使用的值：“{name}”未知，已忽略{kept}。</translation>
    </message>
    <message>
        <source>The settings file {file} is damaged; the defaults are used{kept}.</source>
        <translation>设置文件 {file} 已损坏，已使用默认设置{kept}。</translation>
    </message>
    <message>
        <source>The system does not register {keys} (error {code}); choose another shortcut in the preferences.</source>
        <translation>系统未能注册 {keys}（错误 {code}）；请在设置中换一个快捷键。</translation>
    </message>
    <message>
        <source>The table below lists the boxes.</source>
        <translation>下方的表格列出了所有检测框。</translation>
    </message>
    <message>
        <source>The task file {path} was skipped: {reason}.</source>
        <translation>任务文件 {path} 已跳过：{reason}。</translation>
    </message>
    <message>
        <source>The weights in {folder} cannot be read; download the model again.</source>
        <translation>无法读取 {folder} 中的权重；请重新下载模型。</translation>
    </message>
    <message>
        <source>The weights need {needed} of memory ({device}), and {free} are free; close other programs or use a smaller model.</source>
        <translation>权重需要 {needed} 内存（{device}），可用 {free}；请关闭其他程序，或使用小一些的模型。</translation>
    </message>
    <message>
        <source>The words are too long ({words} tokens; {most} are the most); shorten them or begin a new conversation.</source>
        <translation>文字太长（{words} 个 token，上限 {most}）；请缩短，或开始新的对话。</translation>
    </message>
    <message>
        <source>There are no checksums in {folder}; only what Shotglass downloaded can be verified.</source>
        <translation>{folder} 中没有校验和；只能校验由 Shotglass 下载的模型。</translation>
    </message>
    <message>
        <source>There is no desktop here (neither DISPLAY nor WAYLAND_DISPLAY is set); `shotglass text FILE` works without one.</source>
        <translation>当前没有图形桌面（DISPLAY 和 WAYLAND_DISPLAY 均未设置）；`shotglass text FILE` 无需桌面即可使用。</translation>
    </message>
    <message>
        <source>There is no model called {model}; the preferences list them.</source>
        <translation>没有名为 {model} 的模型；可用模型见设置。</translation>
    </message>
    <message>
        <source>There is no picture in {places}; these are read: {known}.</source>
        <translation>{places} 中没有图片；支持的格式：{known}。</translation>
    </message>
    <message>
        <source>There is no picture on the clipboard; copy one and paste it here.</source>
        <translation>剪贴板中没有图片；请先复制图片，再粘贴到此处。</translation>
    </message>
    <message>
        <source>There is no screen to photograph: start Shotglass inside a desktop session.</source>
        <translation>没有可截取的屏幕：请在桌面会话中启动 Shotglass。</translation>
    </message>
    <message>
        <source>There is no task called {task}; choose one of {offered}.</source>
        <translation>没有名为 {task} 的任务；请从以下任务中选择：{offered}。</translation>
    </message>
    <message>
        <source>There is too little free memory for this model; close other programs or use a smaller model.</source>
        <translation>可用内存不足以运行该模型；请关闭其他程序，或使用小一些的模型。</translation>
    </message>
    <message>
        <source>This LaTeX cannot be drawn as it stands ({reason}); the picture shows the last that could.</source>
        <translation>当前的 LaTeX 无法绘制（{reason}）；图中显示的是上一个可绘制的版本。</translation>
    </message>
    <message>
        <source>This cannot be used: {reason}.</source>
        <translation>无法使用：{reason}。</translation>
    </message>
    <message>
        <source>This desktop does not hand out pictures of the screen: install xdg-desktop-portal with the part for your desktop, or grim, or use the desktop&apos;s own screenshot key and paste the picture.</source>
        <translation>此桌面不提供屏幕截图：请安装 xdg-desktop-portal 及对应桌面的后端，或安装 grim；也可以使用桌面自带的截图键，然后粘贴图片。</translation>
    </message>
    <message>
        <source>This desktop does not let programs register shortcuts; bind the command `shotglass capture` to a key in your desktop&apos;s keyboard settings.</source>
        <translation>此桌面不允许程序注册快捷键；请在桌面的键盘设置中将命令 `shotglass capture` 绑定到一个按键。</translation>
    </message>
    <message>
        <source>This desktop has no portal for pictures of the screen.</source>
        <translation>桌面没有提供屏幕截图的门户服务。</translation>
    </message>
    <message>
        <source>This desktop has no portal for shortcuts.</source>
        <translation>桌面没有提供快捷键的门户服务。</translation>
    </message>
    <message>
        <source>This desktop has no session bus, so its portals cannot be asked: log in to the desktop again.</source>
        <translation>桌面没有会话总线，无法使用门户服务：请重新登录桌面。</translation>
    </message>
    <message>
        <source>This desktop shows no tray icons; start Shotglass again to open its panel.</source>
        <translation>此桌面不显示托盘图标；再次启动 Shotglass 即可打开它的面板。</translation>
    </message>
    <message>
        <source>This entry of the history cannot be read; delete it, the others are not concerned.</source>
        <translation>无法读取这条历史记录；可以将其删除，其他记录不受影响。</translation>
    </message>
    <message>
        <source>This formula cannot be written as MathML ({reason}); copy the LaTeX instead.</source>
        <translation>此公式无法转换为 MathML（{reason}）；请改为复制 LaTeX。</translation>
    </message>
    <message>
        <source>This is the first version; nothing was changed yet.</source>
        <translation>这是第一个版本，尚无更改。</translation>
    </message>
    <message>
        <source>This keyboard has no key for {keys}; choose another shortcut in the preferences.</source>
        <translation>此键盘上没有 {keys} 所需的按键；请在设置中选择其他快捷键。</translation>
    </message>
    <message>
        <source>This package of Shotglass draws no pages; the menu (…) opens them in your browser.</source>
        <translation>此 Shotglass 安装包不绘制网页；可用菜单（…）在浏览器中打开网页。</translation>
    </message>
    <message>
        <source>This picture was sent to {host}.</source>
        <translation>这张图片已发送到 {host}。</translation>
    </message>
    <message>
        <source>This picture will be sent to {host}.</source>
        <translation>这张图片将发送到 {host}。</translation>
    </message>
    <message>
        <source>This system&apos;s keyring cannot be used ({reason}); keep the key in a file {aside}, or set SHOTGLASS_SERVER_KEY.</source>
        <translation>无法使用系统密钥环（{reason}）；请将密钥保存在文件中{aside}，或设置 SHOTGLASS_SERVER_KEY。</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>To</source>
        <translation>结束日期</translation>
    </message>
    <message>
        <source>To see the page here, install the preview: `pip install &apos;shotglass[preview]&apos;`, then start Shotglass anew.</source>
        <translation>要在此查看网页，请安装预览组件：`pip install &apos;shotglass[preview]&apos;`，然后重新启动 Shotglass。</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Top p</source>
        <translation>Top p</translation>
    </message>
    <message>
        <source>Traditional Chinese</source>
        <translation>繁体中文</translation>
    </message>
    <message>
        <source>Translate</source>
        <translation>翻译</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Try it now</source>
        <translation>立即试用</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Until then {spare} answers; Load the model (tray menu) tries again.</source>
        <translation>在此之前由{spare}回答；可用托盘菜单中的“加载模型”重试。</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>校验</translation>
    </message>
    <message>
        <source>Verify {model}?</source>
        <translation>校验 {model}？</translation>
    </message>
    <message>
        <source>Wait for the answer, or stop it with Esc; then press Enter.</source>
        <translation>请等待回答完成，或按 Esc 停止，然后再按 Enter。</translation>
    </message>
    <message>
        <source>Warming up</source>
        <translation>正在预热</translation>
    </message>
    <message>
        <source>Wayland lets no program photograph the screen: use the desktop&apos;s own screenshot key, then paste the picture.</source>
        <translation>Wayland 不允许程序截取屏幕：请使用桌面自带的截图键，然后粘贴图片。</translation>
    </message>
    <message>
        <source>Web page</source>
        <translation>网页</translation>
    </message>
    <message>
        <source>Web page with its style sheets</source>
        <translation>网页及其样式表</translation>
    </message>
    <message>
        <source>Weights of a bf16 model; int8 ones take less of the GPU&apos;s memory</source>
        <translation>bf16 模型的权重；int8 占用的显存更少</translation>
    </message>
    <message>
        <source>Welcome to Shotglass</source>
        <translation>欢迎使用 Shotglass</translation>
    </message>
    <message>
        <source>What</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>What could not be read</source>
        <translation>未能处理的图片</translation>
    </message>
    <message>
        <source>What else can be done with it</source>
        <translation>更多操作</translation>
    </message>
    <message>
        <source>What is kept was read from many files. Search for a word of it, or choose a task or a date.</source>
        <translation>已保存的内容均来自批量处理。请搜索其中的文字，或选择任务或日期。</translation>
    </message>
    <message>
        <source>What the address for updates sent is not signed with the key of the settings file, so it was not believed; download new versions only from where you got this one.</source>
        <translation>更新地址返回的内容不是用设置文件中的密钥签名的，因此未予采信；请只从当初获取本程序的地方下载新版本。</translation>
    </message>
    <message>
        <source>What the last change did</source>
        <translation>上次修改的内容</translation>
    </message>
    <message>
        <source>What to change in the picked element</source>
        <translation>所选元素要如何修改</translation>
    </message>
    <message>
        <source>What was said about the page</source>
        <translation>关于此网页的回答</translation>
    </message>
    <message>
        <source>What works here and what does not, to paste anywhere: without names, paths and addresses.</source>
        <translation>这里哪些可用、哪些不可用，可粘贴到任何地方：不含姓名、路径和地址。</translation>
    </message>
    <message>
        <source>When it was asked</source>
        <translation>提问时间</translation>
    </message>
    <message>
        <source>Where models are downloaded from first</source>
        <translation>首选的模型下载源</translation>
    </message>
    <message>
        <source>Windows does not let the autostart be changed: {reason}.</source>
        <translation>Windows 不允许更改自动启动：{reason}。</translation>
    </message>
    <message>
        <source>With this model Shotglass also describes, answers questions, translates and rebuilds designs:</source>
        <translation>有了这个模型，Shotglass 还可以描述图片、回答问题、翻译和还原设计：</translation>
    </message>
    <message>
        <source>Words are chosen among the likeliest of this share</source>
        <translation>只从累计概率达到该比例的最可能的词中选择</translation>
    </message>
    <message>
        <source>Wrap long lines</source>
        <translation>自动换行</translation>
    </message>
    <message>
        <source>Write each text to stop before in quotes, such as &quot;END&quot;, &quot;\n\n&quot;.</source>
        <translation>请将每个停止文本用引号括起，例如 &quot;END&quot;, &quot;\n\n&quot;。</translation>
    </message>
    <message>
        <source>YOLO, with the picture</source>
        <translation>YOLO（含图片）</translation>
    </message>
    <message>
        <source>Yesterday {time}</source>
        <translation>昨天 {time}</translation>
    </message>
    <message>
        <source>Your desktop holds these shortcuts: change them in its keyboard settings. The command `shotglass capture --task ID` does the same from a shell.</source>
        <translation>这些快捷键由系统桌面管理，请在其键盘设置中更改。也可以在终端中运行命令 `shotglass capture --task ID`。</translation>
    </message>
    <message>
        <source>Zip archive (*.zip)</source>
        <translation>Zip 压缩包 (*.zip)</translation>
    </message>
    <message>
        <source>`--copy` needs wl-copy where the app does not run</source>
        <translation>应用未运行时，`--copy` 需要 wl-copy</translation>
    </message>
    <message>
        <source>`--copy` uses wl-copy</source>
        <translation>`--copy` 使用 wl-copy</translation>
    </message>
    <message>
        <source>a clipboard manager keeps what is copied</source>
        <translation>剪贴板管理器会保留复制的内容</translation>
    </message>
    <message>
        <source>a server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>all that is free</source>
        <translation>全部空闲显存</translation>
    </message>
    <message>
        <source>allowed</source>
        <translation>已允许</translation>
    </message>
    <message>
        <source>an NVIDIA GPU of the RTX 30 series or newer</source>
        <translation>NVIDIA RTX 30 系列或更新的显卡</translation>
    </message>
    <message>
        <source>an entry starts {program}, which is gone</source>
        <translation>有一个条目要启动 {program}，但该程序已不存在</translation>
    </message>
    <message>
        <source>angle brackets</source>
        <translation>尖括号</translation>
    </message>
    <message>
        <source>answering</source>
        <translation>正在回答</translation>
    </message>
    <message>
        <source>answers</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>any CPU</source>
        <translation>任意 CPU</translation>
    </message>
    <message>
        <source>arrow back</source>
        <translation>后退箭头</translation>
    </message>
    <message>
        <source>arrow forward</source>
        <translation>前进箭头</translation>
    </message>
    <message>
        <source>as the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>as they are</source>
        <translation>保持原样</translation>
    </message>
    <message>
        <source>attention {name}</source>
        <translation>注意力 {name}</translation>
    </message>
    <message>
        <source>autostart</source>
        <translation>自动启动</translation>
    </message>
    <message>
        <source>bad</source>
        <translation>异常</translation>
    </message>
    <message>
        <source>bind the command `shotglass capture` to a key in your desktop&apos;s keyboard settings</source>
        <translation>在桌面的键盘设置中将命令 `shotglass capture` 绑定到一个按键</translation>
    </message>
    <message>
        <source>blue</source>
        <translation>蓝</translation>
    </message>
    <message>
        <source>bottom</source>
        <translation>底部</translation>
    </message>
    <message>
        <source>bottom left</source>
        <translation>左下方</translation>
    </message>
    <message>
        <source>bottom right</source>
        <translation>右下方</translation>
    </message>
    <message>
        <source>boxes</source>
        <translation>方框</translation>
    </message>
    <message>
        <source>capture</source>
        <translation>截图</translation>
    </message>
    <message>
        <source>clipboard</source>
        <translation>剪贴板</translation>
    </message>
    <message>
        <source>code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>correct the file, or delete it</source>
        <translation>请更正该文件，或将其删除</translation>
    </message>
    <message>
        <source>cross</source>
        <translation>叉号</translation>
    </message>
    <message>
        <source>d MMM</source>
        <translation>M月d日</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <translation>yyyy年M月d日</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>已损坏</translation>
    </message>
    <message>
        <source>dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>dddd d MMMM yyyy</source>
        <translation>yyyy年M月d日 dddd</translation>
    </message>
    <message>
        <source>desktop</source>
        <translation>桌面</translation>
    </message>
    <message>
        <source>desktop entry</source>
        <translation>桌面菜单项</translation>
    </message>
    <message>
        <source>disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>display</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>does not work here ({reason})</source>
        <translation>在本机不可用（{reason}）</translation>
    </message>
    <message>
        <source>driver</source>
        <translation>驱动程序</translation>
    </message>
    <message>
        <source>edit_prompt: {question} is missing</source>
        <translation>edit_prompt：缺少 {question}</translation>
    </message>
    <message>
        <source>embedded OCR</source>
        <translation>内置 OCR</translation>
    </message>
    <message>
        <source>engine</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>errors alone</source>
        <translation>仅错误</translation>
    </message>
    <message>
        <source>every button and input</source>
        <translation>所有按钮和输入框</translation>
    </message>
    <message>
        <source>every line of text</source>
        <translation>每一行文字</translation>
    </message>
    <message>
        <source>every object</source>
        <translation>所有物体</translation>
    </message>
    <message>
        <source>every person</source>
        <translation>所有人</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>fields</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>first token {seconds} s</source>
        <translation>首个 token {seconds} 秒</translation>
    </message>
    <message>
        <source>first token {seconds} s, {rate} tokens/s</source>
        <translation>首个 token {seconds} 秒，{rate} token/秒</translation>
    </message>
    <message>
        <source>first word {seconds} s</source>
        <translation>首字 {seconds} 秒</translation>
    </message>
    <message>
        <source>fits here</source>
        <translation>适合本机</translation>
    </message>
    <message>
        <source>for ever</source>
        <translation>永久</translation>
    </message>
    <message>
        <source>form</source>
        <translation>表单</translation>
    </message>
    <message>
        <source>formatted text</source>
        <translation>带格式文本</translation>
    </message>
    <message>
        <source>formula</source>
        <translation>公式</translation>
    </message>
    <message>
        <source>frames</source>
        <translation>框选</translation>
    </message>
    <message>
        <source>full star</source>
        <translation>实心星形</translation>
    </message>
    <message>
        <source>goes to {host}</source>
        <translation>将发送到 {host}</translation>
    </message>
    <message>
        <source>green</source>
        <translation>绿</translation>
    </message>
    <message>
        <source>grey</source>
        <translation>灰</translation>
    </message>
    <message>
        <source>grid</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>held by the desktop, through its portal GlobalShortcuts {version}</source>
        <translation>由桌面通过门户 GlobalShortcuts {version} 提供</translation>
    </message>
    <message>
        <source>held by the running app</source>
        <translation>由正在运行的应用使用</translation>
    </message>
    <message>
        <source>history</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>hotkeys</source>
        <translation>全局快捷键</translation>
    </message>
    <message>
        <source>https://gpu.example.org, or localhost:8000; several with commas</source>
        <translation>https://gpu.example.org 或 localhost:8000；多个地址用逗号分隔</translation>
    </message>
    <message>
        <source>id</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>in a file</source>
        <translation>保存在文件中</translation>
    </message>
    <message>
        <source>in the system&apos;s keyring</source>
        <translation>保存在系统密钥环中</translation>
    </message>
    <message>
        <source>install the GPU&apos;s driver and torch again</source>
        <translation>请重新安装 GPU 驱动和 torch</translation>
    </message>
    <message>
        <source>install the GPU&apos;s driver, then remove the GPU runtime and download it again (preferences, Models)</source>
        <translation>请安装显卡驱动，然后删除 GPU 运行库并重新下载（设置 › 模型）</translation>
    </message>
    <message>
        <source>install wl-clipboard</source>
        <translation>请安装 wl-clipboard</translation>
    </message>
    <message>
        <source>int8, less memory</source>
        <translation>int8，占用更少</translation>
    </message>
    <message>
        <source>it cannot be used</source>
        <translation>无法使用</translation>
    </message>
    <message>
        <source>it could not be read ({reason})</source>
        <translation>无法读取（{reason}）</translation>
    </message>
    <message>
        <source>it does not say which one</source>
        <translation>未说明是哪一种</translation>
    </message>
    <message>
        <source>it has unknown entries: {names}</source>
        <translation>含有未知条目：{names}</translation>
    </message>
    <message>
        <source>it is missing</source>
        <translation>缺少此项</translation>
    </message>
    <message>
        <source>it is not UTF-8 text</source>
        <translation>不是 UTF-8 文本</translation>
    </message>
    <message>
        <source>it must be a list</source>
        <translation>必须是列表</translation>
    </message>
    <message>
        <source>it must be a number</source>
        <translation>必须是数字</translation>
    </message>
    <message>
        <source>it must be a table</source>
        <translation>必须是表</translation>
    </message>
    <message>
        <source>it must be a text in quotes</source>
        <translation>必须是带引号的文本</translation>
    </message>
    <message>
        <source>it must be a whole number</source>
        <translation>必须是整数</translation>
    </message>
    <message>
        <source>it must be one of {kinds}</source>
        <translation>必须是以下之一：{kinds}</translation>
    </message>
    <message>
        <source>it must be true or false</source>
        <translation>必须是 true 或 false</translation>
    </message>
    <message>
        <source>joined lines</source>
        <translation>合并行</translation>
    </message>
    <message>
        <source>language: English | German | French
Each stands as {language} in the prompt.</source>
        <translation>language: English | German | French
在提示词中用 {language} 引用。</translation>
    </message>
    <message>
        <source>layout</source>
        <translation>布局</translation>
    </message>
    <message>
        <source>let this computer answer</source>
        <translation>改由本机回答</translation>
    </message>
    <message>
        <source>letter i</source>
        <translation>字母 i</translation>
    </message>
    <message>
        <source>light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>lines of text</source>
        <translation>文本行</translation>
    </message>
    <message>
        <source>local, private, on your own computer</source>
        <translation>本机运行，数据不外传</translation>
    </message>
    <message>
        <source>log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>macOS does not let Shotglass see the screen yet: allow it under Privacy &amp; Security, Screen Recording, then start Shotglass again.</source>
        <translation>macOS 尚未允许 Shotglass 查看屏幕：请在“隐私与安全性”的“屏幕录制”中允许，然后重新启动 Shotglass。</translation>
    </message>
    <message>
        <source>magnifying glass</source>
        <translation>放大镜</translation>
    </message>
    <message>
        <source>make {folder} yours: chown or chmod it</source>
        <translation>请用 chown 或 chmod 取得 {folder} 的权限</translation>
    </message>
    <message>
        <source>max_tokens: it must be above 0</source>
        <translation>max_tokens：必须大于 0</translation>
    </message>
    <message>
        <source>middle</source>
        <translation>中部</translation>
    </message>
    <message>
        <source>middle left</source>
        <translation>左侧中部</translation>
    </message>
    <message>
        <source>middle right</source>
        <translation>右侧中部</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>needs</source>
        <translation>需要</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>no GPU</source>
        <translation>没有 GPU</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>no picture came in time</source>
        <translation>没有及时得到截图</translation>
    </message>
    <message>
        <source>no, {size} GB are free</source>
        <translation>否，空闲 {size} GB</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>none downloaded; the embedded OCR needs none</source>
        <translation>尚未下载；内置 OCR 不需要</translation>
    </message>
    <message>
        <source>none found; the model wants {gpu}</source>
        <translation>没有找到；模型需要 {gpu}</translation>
    </message>
    <message>
        <source>none is needed, or SHOTGLASS_SERVER_KEY is set</source>
        <translation>不需要，或已设置 SHOTGLASS_SERVER_KEY</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>尚未设置</translation>
    </message>
    <message>
        <source>none: no model is loaded on this computer</source>
        <translation>无：本机未加载模型</translation>
    </message>
    <message>
        <source>not allowed yet</source>
        <translation>尚未允许</translation>
    </message>
    <message>
        <source>not downloaded</source>
        <translation>未下载</translation>
    </message>
    <message>
        <source>not here</source>
        <translation>不可用</translation>
    </message>
    <message>
        <source>not installed</source>
        <translation>未安装</translation>
    </message>
    <message>
        <source>not installed, so the desktop may not keep what you allow</source>
        <translation>未安装，桌面可能不会记住授予的权限</translation>
    </message>
    <message>
        <source>not needed for the embedded OCR</source>
        <translation>内置 OCR 不需要</translation>
    </message>
    <message>
        <source>note</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>nothing that is named</source>
        <translation>未知类型的模型</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>ok</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开启</translation>
    </message>
    <message>
        <source>on this disk</source>
        <translation>已在本机</translation>
    </message>
    <message>
        <source>options: each must offer something</source>
        <translation>options：每个选项都必须有可选内容</translation>
    </message>
    <message>
        <source>options: each must stand as {name} in the prompt</source>
        <translation>options：每个选项都必须以 {name} 的形式出现在提示词中</translation>
    </message>
    <message>
        <source>options: {question} is the user&apos;s own</source>
        <translation>options：{question} 保留给用户的问题</translation>
    </message>
    <message>
        <source>or use `shotglass capture`</source>
        <translation>或使用 `shotglass capture`</translation>
    </message>
    <message>
        <source>orange</source>
        <translation>橙</translation>
    </message>
    <message>
        <source>page preview</source>
        <translation>网页预览</translation>
    </message>
    <message>
        <source>pages are drawn</source>
        <translation>可以显示网页</translation>
    </message>
    <message>
        <source>part of that path is a file; choose another folder</source>
        <translation>路径中有一段是文件，请换一个文件夹</translation>
    </message>
    <message>
        <source>pasted picture</source>
        <translation>粘贴的图片</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>picture with lines</source>
        <translation>图文</translation>
    </message>
    <message>
        <source>pictures and the key can be read on their way; use an https address</source>
        <translation>图片和密钥在传输途中可能被读取，请使用 https 地址</translation>
    </message>
    <message>
        <source>pictures are sent to {host}</source>
        <translation>图片会发送到 {host}</translation>
    </message>
    <message>
        <source>pin</source>
        <translation>图钉</translation>
    </message>
    <message>
        <source>pink</source>
        <translation>粉</translation>
    </message>
    <message>
        <source>plain CSS</source>
        <translation>纯 CSS</translation>
    </message>
    <message>
        <source>plain text</source>
        <translation>纯文本</translation>
    </message>
    <message>
        <source>portals</source>
        <translation>门户服务</translation>
    </message>
    <message>
        <source>precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>preferences (Server)</source>
        <translation>设置（服务器）</translation>
    </message>
    <message>
        <source>program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>prompt: it must not be empty</source>
        <translation>prompt：不能为空</translation>
    </message>
    <message>
        <source>question mark</source>
        <translation>问号</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>red</source>
        <translation>红</translation>
    </message>
    <message>
        <source>registered by {way}</source>
        <translation>通过 {way} 注册</translation>
    </message>
    <message>
        <source>run `shotglass install-desktop-entry`</source>
        <translation>请运行 `shotglass install-desktop-entry`</translation>
    </message>
    <message>
        <source>screen</source>
        <translation>屏幕</translation>
    </message>
    <message>
        <source>see its page</source>
        <translation>见其主页</translation>
    </message>
    <message>
        <source>seed: it must fit into 64 bits</source>
        <translation>seed：必须能用 64 位表示</translation>
    </message>
    <message>
        <source>seen at {width} × {height} pixels</source>
        <translation>模型所见为 {width} × {height} 像素</translation>
    </message>
    <message>
        <source>sent as {kind} of {width} × {height} pixels, {size}</source>
        <translation>以 {kind} 发送，{width} × {height} 像素，{size}</translation>
    </message>
    <message>
        <source>sent to {host}</source>
        <translation>已发送到 {host}</translation>
    </message>
    <message>
        <source>server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>settings folder</source>
        <translation>设置文件夹</translation>
    </message>
    <message>
        <source>ships inside</source>
        <translation>已内置</translation>
    </message>
    <message>
        <source>shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>socket folder</source>
        <translation>套接字文件夹</translation>
    </message>
    <message>
        <source>star</source>
        <translation>星形</translation>
    </message>
    <message>
        <source>start shotglass again to open its panel</source>
        <translation>再次启动 Shotglass 即可打开面板</translation>
    </message>
    <message>
        <source>state</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>stop: an empty text would end every answer at once</source>
        <translation>stop：空文本会让所有回答立即结束</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>structure</source>
        <translation>结构</translation>
    </message>
    <message>
        <source>sum sign</source>
        <translation>求和符号</translation>
    </message>
    <message>
        <source>switch Start with the desktop on in the preferences, and off again if you do not want it</source>
        <translation>在设置中开启“登录时自动启动”；如果不需要，再将其关闭</translation>
    </message>
    <message>
        <source>system</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>tasks</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>telephone</source>
        <translation>手机</translation>
    </message>
    <message>
        <source>temperature: it must be from 0 to 2</source>
        <translation>temperature：必须在 0 到 2 之间</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>that disk is read-only; choose another folder</source>
        <translation>该磁盘是只读的，请换一个文件夹</translation>
    </message>
    <message>
        <source>that is a folder; give a file name</source>
        <translation>这是一个文件夹，请给出文件名</translation>
    </message>
    <message>
        <source>the GPU of Apple silicon under macOS 14 or newer</source>
        <translation>Apple 芯片的 GPU（macOS 14 或更新版本）</translation>
    </message>
    <message>
        <source>the best that fits</source>
        <translation>最合适的模型</translation>
    </message>
    <message>
        <source>the best that works here</source>
        <translation>本机可用的最佳引擎</translation>
    </message>
    <message>
        <source>the desktop&apos;s own picker, through its portal Screenshot</source>
        <translation>桌面自带的选区工具，通过门户 Screenshot 提供</translation>
    </message>
    <message>
        <source>the desktop&apos;s question was closed without a yes</source>
        <translation>桌面的询问窗口被关闭，没有得到允许</translation>
    </message>
    <message>
        <source>the disk is full; free some space or choose another folder</source>
        <translation>磁盘已满，请释放一些空间或换一个文件夹</translation>
    </message>
    <message>
        <source>the embedded OCR</source>
        <translation>内置 OCR </translation>
    </message>
    <message>
        <source>the fastest that works here</source>
        <translation>本机可用的最快算法</translation>
    </message>
    <message>
        <source>the file would be larger than is allowed here; choose another folder</source>
        <translation>文件超过了这里允许的大小，请换一个文件夹</translation>
    </message>
    <message>
        <source>the first that sees pictures</source>
        <translation>首个支持图片的模型</translation>
    </message>
    <message>
        <source>the first that works</source>
        <translation>首个可用的</translation>
    </message>
    <message>
        <source>the name is too long; choose a shorter one</source>
        <translation>文件名太长，请换一个短一些的</translation>
    </message>
    <message>
        <source>the package keyring is missing</source>
        <translation>缺少软件包 keyring</translation>
    </message>
    <message>
        <source>the smallest model needs {size} GB</source>
        <translation>最小的模型需要 {size} GB</translation>
    </message>
    <message>
        <source>the system keeps what is copied</source>
        <translation>系统会保留复制的内容</translation>
    </message>
    <message>
        <source>the {place} is laid out otherwise</source>
        <translation>{place}的布局不同</translation>
    </message>
    <message>
        <source>the {place} is too dark</source>
        <translation>{place}偏暗</translation>
    </message>
    <message>
        <source>the {place} is too light</source>
        <translation>{place}偏亮</translation>
    </message>
    <message>
        <source>the {place} is too {colour}</source>
        <translation>{place}偏{colour}</translation>
    </message>
    <message>
        <source>this desktop has no portal for shortcuts</source>
        <translation>桌面没有提供快捷键的门户服务</translation>
    </message>
    <message>
        <source>this desktop shows no tray icons</source>
        <translation>桌面不显示托盘图标</translation>
    </message>
    <message>
        <source>this desktop shows tray icons</source>
        <translation>桌面可以显示托盘图标</translation>
    </message>
    <message>
        <source>this desktop shows tray icons, by {way}</source>
        <translation>此桌面会显示托盘图标，方式为 {way}</translation>
    </message>
    <message>
        <source>three dots</source>
        <translation>三个点</translation>
    </message>
    <message>
        <source>title: it must not be empty</source>
        <translation>title：不能为空</translation>
    </message>
    <message>
        <source>too old for the model, which needs bfloat16; not needed for the embedded OCR</source>
        <translation>太旧，不支持模型所需的 bfloat16；内置 OCR 不需要 GPU</translation>
    </message>
    <message>
        <source>top</source>
        <translation>顶部</translation>
    </message>
    <message>
        <source>top left</source>
        <translation>左上方</translation>
    </message>
    <message>
        <source>top right</source>
        <translation>右上方</translation>
    </message>
    <message>
        <source>top_p: it must be above 0 and at most 1</source>
        <translation>top_p：必须大于 0 且不超过 1</translation>
    </message>
    <message>
        <source>tray</source>
        <translation>托盘</translation>
    </message>
    <message>
        <source>turquoise</source>
        <translation>青</translation>
    </message>
    <message>
        <source>two scripts</source>
        <translation>双语文字</translation>
    </message>
    <message>
        <source>type it here to keep it</source>
        <translation>在此输入密钥以保存</translation>
    </message>
    <message>
        <source>violet</source>
        <translation>紫</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>waiting for your question</source>
        <translation>等待提问</translation>
    </message>
    <message>
        <source>warnings and errors</source>
        <translation>警告和错误</translation>
    </message>
    <message>
        <source>web page</source>
        <translation>网页</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>模型权重</translation>
    </message>
    <message>
        <source>what happens</source>
        <translation>常规信息</translation>
    </message>
    <message>
        <source>what suits this computer</source>
        <translation>适合本机的精度</translation>
    </message>
    <message>
        <source>yellow</source>
        <translation>黄</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>you may not write there; change its permissions or choose another folder</source>
        <translation>没有写入权限，请修改权限或换一个文件夹</translation>
    </message>
    <message>
        <source>your disk quota is used up; free some space or choose another folder</source>
        <translation>磁盘配额已用完，请释放一些空间或换一个文件夹</translation>
    </message>
    <message>
        <source>{address} is no address of a server; enter one such as https://gpu.example.org or localhost:8000.</source>
        <translation>{address} 不是服务器地址；请输入类似 https://gpu.example.org 或 localhost:8000 的地址。</translation>
    </message>
    <message>
        <source>{asked} tokens asked, {said} said</source>
        <translation>输入 {asked} 个 token，输出 {said} 个</translation>
    </message>
    <message>
        <source>{bits}-bit</source>
        <translation>{bits} 位</translation>
    </message>
    <message>
        <source>{bits}-bit weights {name}</source>
        <translation>{bits} 位权重 {name}</translation>
    </message>
    <message>
        <source>{count} bytes</source>
        <translation>{count} 字节</translation>
    </message>
    <message>
        <source>{count} entries are kept, {size} of pictures and texts.</source>
        <translation>已保留 {count} 条记录，图片和文字共 {size}。</translation>
    </message>
    <message>
        <source>{count} entries were deleted.</source>
        <translation>已删除 {count} 条记录。</translation>
    </message>
    <message>
        <source>{count} entries, {size}</source>
        <translation>{count} 条记录，{size}</translation>
    </message>
    <message>
        <source>{count} failed</source>
        <translation>{count} 个失败</translation>
    </message>
    <message>
        <source>{count} found</source>
        <translation>找到 {count} 处</translation>
    </message>
    <message>
        <source>{count} h</source>
        <translation>{count} 小时</translation>
    </message>
    <message>
        <source>{count} min</source>
        <translation>{count} 分钟</translation>
    </message>
    <message>
        <source>{count} of its files are not as they came; download it again, the others are kept.</source>
        <translation>有 {count} 个文件与下载时不一致；请重新下载，其他文件会保留。</translation>
    </message>
    <message>
        <source>{count} requests blocked: a preview reaches no network.</source>
        <translation>已拦截 {count} 个请求：预览不会访问网络。</translation>
    </message>
    <message>
        <source>{count} s</source>
        <translation>{count} 秒</translation>
    </message>
    <message>
        <source>{day}, {time}</source>
        <translation>{day} {time}</translation>
    </message>
    <message>
        <source>{done} of {total} answered</source>
        <translation>已回答 {done} / {total}</translation>
    </message>
    <message>
        <source>{done} of {total} answered ({before} of them before)</source>
        <translation>已回答 {done} / {total}（其中 {before} 个是之前完成的）</translation>
    </message>
    <message>
        <source>{engine}, loaded in {seconds} s</source>
        <translation>{engine}，加载用时 {seconds} 秒</translation>
    </message>
    <message>
        <source>{engine}: asleep until the next picture</source>
        <translation>{engine}：休眠中，下次截图时唤醒</translation>
    </message>
    <message>
        <source>{engine}: failed</source>
        <translation>{engine}：出错</translation>
    </message>
    <message>
        <source>{engine}: loading</source>
        <translation>{engine}：正在加载</translation>
    </message>
    <message>
        <source>{engine}: ready</source>
        <translation>{engine}：就绪</translation>
    </message>
    <message>
        <source>{engine}: working</source>
        <translation>{engine}：正在工作</translation>
    </message>
    <message>
        <source>{failure}; asking {hub}</source>
        <translation>{failure}；正在连接 {hub}</translation>
    </message>
    <message>
        <source>{far}, {speed}/s, {time} left</source>
        <translation>{far}，{speed}/秒，剩余 {time}</translation>
    </message>
    <message>
        <source>{file} belongs to another model than the config.json beside it; download the model again.</source>
        <translation>{file} 与同一文件夹中的 config.json 不属于同一个模型；请重新下载模型。</translation>
    </message>
    <message>
        <source>{file} cannot be read; download the model again.</source>
        <translation>无法读取 {file}；请重新下载模型。</translation>
    </message>
    <message>
        <source>{file} cannot be read; name a folder that you may read.</source>
        <translation>无法读取 {file}；请指定有读取权限的文件夹。</translation>
    </message>
    <message>
        <source>{file} has a value that cannot be ({entry}); download the model again.</source>
        <translation>{file} 含有无效的值（{entry}）；请重新下载模型。</translation>
    </message>
    <message>
        <source>{file} has values of another kind; download the model again.</source>
        <translation>{file} 含有类型不符的值；请重新下载模型。</translation>
    </message>
    <message>
        <source>{file} is damaged or cut off; download the model again.</source>
        <translation>{file} 已损坏或不完整；请重新下载模型。</translation>
    </message>
    <message>
        <source>{file} is missing or damaged; download the model again.</source>
        <translation>{file} 缺失或已损坏；请重新下载模型。</translation>
    </message>
    <message>
        <source>{file} is missing; download the model again.</source>
        <translation>缺少 {file}；请重新下载模型。</translation>
    </message>
    <message>
        <source>{file} is missing; give the folder of a Qwen2.5-VL checkpoint.</source>
        <translation>缺少 {file}；请指定 Qwen2.5-VL 模型所在的文件夹。</translation>
    </message>
    <message>
        <source>{file} is no configuration; download the model again.</source>
        <translation>{file} 不是配置文件；请重新下载模型。</translation>
    </message>
    <message>
        <source>{file} is no folder; name one that holds a Qwen2.5-VL checkpoint, or one of {known}.</source>
        <translation>{file} 不是文件夹；请指定 Qwen2.5-VL 模型所在的文件夹，或 {known} 之一。</translation>
    </message>
    <message>
        <source>{file} lacks {entry}; download the model again.</source>
        <translation>{file} 缺少 {entry}；请重新下载模型。</translation>
    </message>
    <message>
        <source>{file} may not be read; allow it, or copy the folder to where you may read it.</source>
        <translation>没有读取 {file} 的权限；请授予权限，或将文件夹复制到可以读取的位置。</translation>
    </message>
    <message>
        <source>{first}, {second}</source>
        <translation>{first}，{second}</translation>
    </message>
    <message>
        <source>{folder} cannot be written</source>
        <translation>无法写入 {folder}</translation>
    </message>
    <message>
        <source>{folder} does not fit its config.json ({reason}); download the model again.</source>
        <translation>{folder} 与其中的 config.json 不符（{reason}）；请重新下载模型。</translation>
    </message>
    <message>
        <source>{folder} holds AWQ weights with {entry} {value}, and Shotglass reads {entry} {wanted}; use the official AWQ checkpoint.</source>
        <translation>{folder} 中的 AWQ 权重的 {entry} 为 {value}，而 Shotglass 只能读取 {entry} 为 {wanted} 的权重；请使用官方 AWQ 版本。</translation>
    </message>
    <message>
        <source>{folder} holds weights quantised by {method}, which Shotglass does not read; use a bf16 or an AWQ checkpoint.</source>
        <translation>{folder} 中的权重由 {method} 量化，Shotglass 无法读取；请使用 bf16 或 AWQ 版本。</translation>
    </message>
    <message>
        <source>{folder} holds {kind}, not Qwen2.5-VL; give the folder of a Qwen2.5-VL checkpoint.</source>
        <translation>{folder} 中是 {kind}，不是 Qwen2.5-VL；请指定 Qwen2.5-VL 模型所在的文件夹。</translation>
    </message>
    <message>
        <source>{folder} is no whole checkpoint: {file} is missing; copy the whole folder again.</source>
        <translation>{folder} 中的模型不完整：缺少 {file}；请重新复制整个文件夹。</translation>
    </message>
    <message>
        <source>{folder} lacks the tensor {name} and {more} more; download the model again.</source>
        <translation>{folder} 缺少张量 {name} 以及另外 {more} 个；请重新下载模型。</translation>
    </message>
    <message>
        <source>{folder} lacks the tensor {name}; download the model again.</source>
        <translation>{folder} 缺少张量 {name}；请重新下载模型。</translation>
    </message>
    <message>
        <source>{free} GB are free where models go</source>
        <translation>存放模型的磁盘剩余 {free} GB</translation>
    </message>
    <message>
        <source>{gib} GiB free</source>
        <translation>可用 {gib} GiB</translation>
    </message>
    <message>
        <source>{here} of {total}</source>
        <translation>{here} / {total}</translation>
    </message>
    <message>
        <source>{host} answers in {time} ms with {model}</source>
        <translation>{host} 在 {time} 毫秒内响应，模型为 {model}</translation>
    </message>
    <message>
        <source>{host} broke off in the middle of its answer; try again, or {here}.</source>
        <translation>{host} 在回答中途断开；请重试，或{here}。</translation>
    </message>
    <message>
        <source>{host} cannot be reached through the proxy; check the proxy of this computer, or {here}.</source>
        <translation>无法通过代理连接 {host}；请检查本机的代理，或{here}。</translation>
    </message>
    <message>
        <source>{host} cannot be reached; check that the server runs, and its address, or {here}.</source>
        <translation>无法连接 {host}；请检查服务器是否运行、地址是否正确，或{here}。</translation>
    </message>
    <message>
        <source>{host} does not answer ({status}); check that the server runs, or {here}.</source>
        <translation>{host} 没有响应（{status}）；请检查服务器是否运行，或{here}。</translation>
    </message>
    <message>
        <source>{host} does not answer in time; check that the server runs, or {here}.</source>
        <translation>{host} 没有及时响应；请检查服务器是否运行，或{here}。</translation>
    </message>
    <message>
        <source>{host} does not answer; check that the server runs, or {here}.</source>
        <translation>{host} 没有响应；请检查服务器是否运行，或{here}。</translation>
    </message>
    <message>
        <source>{host} does not have the model {model}; choose another one in the {page}.</source>
        <translation>{host} 上没有模型 {model}；请在{page}中换一个模型。</translation>
    </message>
    <message>
        <source>{host} drops the connection; try again, or {here}.</source>
        <translation>{host} 断开了连接；请重试，或{here}。</translation>
    </message>
    <message>
        <source>{host} failed ({said}); try again, or {here}.</source>
        <translation>{host} 出错（{said}）；请重试，或{here}。</translation>
    </message>
    <message>
        <source>{host} has no OpenAI-compatible chat; check its address in the {page}.</source>
        <translation>{host} 没有兼容 OpenAI 的聊天接口；请在{page}中检查地址。</translation>
    </message>
    <message>
        <source>{host} has no model at all; it has none {aside}.</source>
        <translation>{host} 上没有任何模型{aside}。</translation>
    </message>
    <message>
        <source>{host} has no model {model}; it has {offered} {aside}.</source>
        <translation>{host} 上没有模型 {model}；可用模型：{offered}{aside}。</translation>
    </message>
    <message>
        <source>{host} has too much to do; try again in {seconds} s, or {here}.</source>
        <translation>{host} 正忙；请在 {seconds} 秒后重试，或{here}。</translation>
    </message>
    <message>
        <source>{host} is no address of a server; check it in the {page}.</source>
        <translation>{host} 不是服务器地址；请在{page}中检查。</translation>
    </message>
    <message>
        <source>{host} is still loading its model; try again in a moment, or {here}.</source>
        <translation>{host} 仍在加载模型；请稍后再试，或{here}。</translation>
    </message>
    <message>
        <source>{host} points to another address; enter that one in the {page} if you trust it.</source>
        <translation>{host} 指向另一个地址；如果信任该地址，请在{page}中填写。</translation>
    </message>
    <message>
        <source>{host} ran out of room for all that it was asked at once; ask for fewer pictures at once in the {page}, or {here}.</source>
        <translation>{host} 没有空间同时处理所有请求；请在{page}中减少同时询问的图片数，或{here}。</translation>
    </message>
    <message>
        <source>{host} refuses the key; enter another one in the {page}, or {here}.</source>
        <translation>{host} 拒绝了密钥；请在{page}中换一个密钥，或{here}。</translation>
    </message>
    <message>
        <source>{host} sends answers that make no sense here; check that it is an OpenAI-compatible server, or {here}.</source>
        <translation>无法理解 {host} 的响应；请检查它是否为兼容 OpenAI 的服务器，或{here}。</translation>
    </message>
    <message>
        <source>{host} shows a certificate that this computer does not trust; have it corrected or trusted, or {here}.</source>
        <translation>本机不信任 {host} 的证书；请更正证书或将其设为信任，或{here}。</translation>
    </message>
    <message>
        <source>{host} wants a key; enter it in the {page}, or set SHOTGLASS_SERVER_KEY.</source>
        <translation>{host} 需要密钥；请在{page}中输入，或设置 SHOTGLASS_SERVER_KEY。</translation>
    </message>
    <message>
        <source>{host} went silent for {seconds} s; try again, or {here}.</source>
        <translation>{host} 已有 {seconds} 秒没有响应；请重试，或{here}。</translation>
    </message>
    <message>
        <source>{hub} answers {status}</source>
        <translation>{hub} 返回 {status}</translation>
    </message>
    <message>
        <source>{hub} cannot be reached</source>
        <translation>无法连接 {hub}</translation>
    </message>
    <message>
        <source>{hub} cannot be reached through the proxy</source>
        <translation>无法通过代理连接 {hub}</translation>
    </message>
    <message>
        <source>{hub} does not answer</source>
        <translation>{hub} 没有响应</translation>
    </message>
    <message>
        <source>{hub} does not hold {file}</source>
        <translation>{hub} 没有 {file}</translation>
    </message>
    <message>
        <source>{hub} does not list the files of a model</source>
        <translation>{hub} 没有列出模型文件</translation>
    </message>
    <message>
        <source>{hub} drops the connection</source>
        <translation>{hub} 断开了连接</translation>
    </message>
    <message>
        <source>{hub} ends too early</source>
        <translation>{hub} 提前结束了传输</translation>
    </message>
    <message>
        <source>{hub} gives no checksum for {file}</source>
        <translation>{hub} 没有提供 {file} 的校验和</translation>
    </message>
    <message>
        <source>{hub} has an address that is no web address</source>
        <translation>{hub} 的地址不是网址</translation>
    </message>
    <message>
        <source>{hub} lists a file outside of the model&apos;s folder</source>
        <translation>{hub} 列出了模型文件夹之外的文件</translation>
    </message>
    <message>
        <source>{hub} lists a file twice</source>
        <translation>{hub} 重复列出了同一个文件</translation>
    </message>
    <message>
        <source>{hub} sends a list of files that Shotglass cannot read</source>
        <translation>Shotglass 无法读取 {hub} 的文件列表</translation>
    </message>
    <message>
        <source>{hub} sends a list of files without an end</source>
        <translation>{hub} 的文件列表没有结尾</translation>
    </message>
    <message>
        <source>{hub} sends answers that make no sense</source>
        <translation>无法理解 {hub} 的响应</translation>
    </message>
    <message>
        <source>{hub} sends something other than {file}</source>
        <translation>{hub} 发来的不是 {file}</translation>
    </message>
    <message>
        <source>{hub} sends wrong bytes for {file}</source>
        <translation>{hub} 发来的 {file} 内容有误</translation>
    </message>
    <message>
        <source>{hub} went silent</source>
        <translation>{hub} 不再响应</translation>
    </message>
    <message>
        <source>{kept}; {many} of them, read from many files, come up in a search</source>
        <translation>{kept}，其中 {many} 条来自批量处理，可通过搜索找到</translation>
    </message>
    <message>
        <source>{keys} for {task}</source>
        <translation>{keys}：{task}</translation>
    </message>
    <message>
        <source>{keys} is already taken by another program; choose another shortcut in the preferences.</source>
        <translation>{keys} 已被其他程序占用；请在设置中选择其他快捷键。</translation>
    </message>
    <message>
        <source>{keys} is already used for another task; choose another shortcut in the preferences.</source>
        <translation>{keys} 已用于其他任务；请在设置中选择其他快捷键。</translation>
    </message>
    <message>
        <source>{keys} shows the text itself, which can be read aloud.</source>
        <translation>按 {keys} 可显示文本，以便朗读。</translation>
    </message>
    <message>
        <source>{model} at {host}</source>
        <translation>{model}（{host}）</translation>
    </message>
    <message>
        <source>{model} could not be downloaded because {failures}; check the connection and start the download again, it goes on where it ended.</source>
        <translation>无法下载 {model}：{failures}；请检查网络连接后重新开始下载，会从断点继续。</translation>
    </message>
    <message>
        <source>{model} holds a package that cannot be unpacked.</source>
        <translation>{model}中有一个无法解包的软件包。</translation>
    </message>
    <message>
        <source>{model} is in use; quit Shotglass, then run `shotglass models remove {id}`.</source>
        <translation>{model}正在使用；请退出 Shotglass，然后运行 `shotglass models remove {id}`。</translation>
    </message>
    <message>
        <source>{model} is on this disk</source>
        <translation>{model} 已在本机磁盘上</translation>
    </message>
    <message>
        <source>{model} is {state}; run `shotglass models download {id}` first.</source>
        <translation>{model} {state}；请先运行 `shotglass models download {id}`。</translation>
    </message>
    <message>
        <source>{model} needs {missing} more on the disk of {folder}, where {free} are free; free some space and start the download again.</source>
        <translation>{model} 还需要 {missing}，而 {folder} 所在磁盘只剩 {free}；请释放一些空间后重新开始下载。</translation>
    </message>
    <message>
        <source>{names} and others</source>
        <translation>{names} 等</translation>
    </message>
    <message>
        <source>{name} and {count} more</source>
        <translation>{name} 和另外 {count} 项</translation>
    </message>
    <message>
        <source>{name} answers</source>
        <translation>{name} 的回答</translation>
    </message>
    <message>
        <source>{name} cannot be drawn; export the PDF again.</source>
        <translation>无法显示 {name}；请重新导出 PDF。</translation>
    </message>
    <message>
        <source>{name} is damaged or cut off; copy or download the picture again.</source>
        <translation>{name} 已损坏或不完整；请重新复制或下载图片。</translation>
    </message>
    <message>
        <source>{name} is empty (0 bytes); take or copy the picture again.</source>
        <translation>{name} 是空文件（0 字节）；请重新截图或复制图片。</translation>
    </message>
    <message>
        <source>{name} is larger than {most} MiB, too large for a picture; save it as PNG or JPEG.</source>
        <translation>{name} 超过 {most} MiB，作为图片太大；请另存为 PNG 或 JPEG。</translation>
    </message>
    <message>
        <source>{name} is not a picture that can be read here; use PNG, JPEG, WebP, BMP, GIF or TIFF.</source>
        <translation>{name} 不是可以读取的图片；请使用 PNG、JPEG、WebP、BMP、GIF 或 TIFF。</translation>
    </message>
    <message>
        <source>{name} is too large to read (over {most} megapixels); crop it or scale it down.</source>
        <translation>{name} 太大，无法读取（超过 {most} 百万像素）；请裁剪或缩小。</translation>
    </message>
    <message>
        <source>{name} is {width} × {height} pixels, too large to read (over {most} megapixels); crop it or scale it down.</source>
        <translation>{name} 为 {width} × {height} 像素，太大，无法读取（超过 {most} 百万像素）；请裁剪或缩小。</translation>
    </message>
    <message>
        <source>{name} is {width} × {height} pixels, too small to read; choose a larger region.</source>
        <translation>{name} 为 {width} × {height} 像素，太小，无法识别；请选择大一些的区域。</translation>
    </message>
    <message>
        <source>{name} is {width} × {height} pixels, too thin a strip to read (over {most} to 1); cut out a part of it.</source>
        <translation>{name} 为 {width} × {height} 像素，太狭长，无法识别（超过 {most} : 1）；请截取其中一部分。</translation>
    </message>
    <message>
        <source>{name}, {machine}, {cores} cores, {memory} GiB</source>
        <translation>{name}，{machine}，{cores} 核，{memory} GiB</translation>
    </message>
    <message>
        <source>{option}: pick one, or type another and press Enter</source>
        <translation>{option}：选择一项，或输入其他内容后按 Enter</translation>
    </message>
    <message>
        <source>{part} {percent}</source>
        <translation>{part} {percent}</translation>
    </message>
    <message>
        <source>{path} could not be deleted: {reason}.</source>
        <translation>无法删除 {path}：{reason}。</translation>
    </message>
    <message>
        <source>{path} could not be opened ({reason}); change its permissions or leave it out.</source>
        <translation>无法打开 {path}（{reason}）；请修改权限，或将其排除。</translation>
    </message>
    <message>
        <source>{path} could not be read: {reason}.</source>
        <translation>无法读取 {path}：{reason}。</translation>
    </message>
    <message>
        <source>{path} does not exist; check the name.</source>
        <translation>{path} 不存在；请检查文件名。</translation>
    </message>
    <message>
        <source>{path} has no pages; export it again.</source>
        <translation>{path} 没有页面；请重新导出。</translation>
    </message>
    <message>
        <source>{path} is a folder; give the pictures in it, such as {path}/*.png.</source>
        <translation>{path} 是文件夹；请指定其中的图片，例如 {path}/*.png。</translation>
    </message>
    <message>
        <source>{path} is damaged or no PDF; export it again.</source>
        <translation>{path} 已损坏或不是 PDF；请重新导出。</translation>
    </message>
    <message>
        <source>{path} is damaged; delete it and enter the key again {aside}.</source>
        <translation>{path} 已损坏；请将其删除并重新输入密钥{aside}。</translation>
    </message>
    <message>
        <source>{path} is locked by a password; save it without one.</source>
        <translation>{path} 有密码保护；请去除密码后另存。</translation>
    </message>
    <message>
        <source>{path} may be read by others, so the key in it is not used; run `chmod 600 {path}` and change the key.</source>
        <translation>其他用户可以读取 {path}，因此不使用其中的密钥；请运行 `chmod 600 {path}` 并更换密钥。</translation>
    </message>
    <message>
        <source>{path} may not be read by you; change its permissions or copy it.</source>
        <translation>没有读取 {path} 的权限；请修改权限，或复制该文件。</translation>
    </message>
    <message>
        <source>{path}, page {number}</source>
        <translation>{path} 第 {number} 页</translation>
    </message>
    <message>
        <source>{platform}, {count} screen(s)</source>
        <translation>{platform}，{count} 个屏幕</translation>
    </message>
    <message>
        <source>{problem} The page stays as it was; ask again in other words, or ask for the whole page.</source>
        <translation>{problem}网页保持不变；请换个说法再试，或要求生成整个网页。</translation>
    </message>
    <message>
        <source>{rate} tokens/s</source>
        <translation>{rate} token/秒</translation>
    </message>
    <message>
        <source>{rows} rows, {columns} columns; double-click a cell to edit it</source>
        <translation>{rows} 行，{columns} 列；双击单元格即可编辑</translation>
    </message>
    <message>
        <source>{runtime}: {missing} to download from {source}; it takes {room} of the disk, where {free} are free, and can be removed again.</source>
        <translation>{runtime}：需从 {source} 下载 {missing}；占用磁盘 {room}（可用 {free}），以后可以删除。</translation>
    </message>
    <message>
        <source>{said} {sentence}</source>
        <translation>{said}{sentence}</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>{share} %</source>
        <translation>{share}%</translation>
    </message>
    <message>
        <source>{share} % downloaded</source>
        <translation>已下载 {share}%</translation>
    </message>
    <message>
        <source>{sizes} in {time} ms</source>
        <translation>{sizes}，用时 {time} 毫秒</translation>
    </message>
    <message>
        <source>{sizes} in {time} ms by way of {way}</source>
        <translation>{sizes}，通过 {way}，用时 {time} 毫秒</translation>
    </message>
    <message>
        <source>{size} GB from {first} (where it fails: {second}) into {place}, where {kept} of it are already; {free} are free there.</source>
        <translation>从 {first} 下载 {size} GB（失败时改用 {second}）到 {place}，其中 {kept} 已在那里；可用空间 {free}。</translation>
    </message>
    <message>
        <source>{size} GB from {first} (where it fails: {second}) into {place}; {free} are free there.</source>
        <translation>从 {first} 下载 {size} GB（失败时改用 {second}）到 {place}；可用空间 {free}。</translation>
    </message>
    <message>
        <source>{size} GB of a GPU</source>
        <translation>{size} GB 显存</translation>
    </message>
    <message>
        <source>{size} GB of the disk</source>
        <translation>{size} GB 磁盘空间</translation>
    </message>
    <message>
        <source>{size} in {folder} are deleted; it can be downloaded again.</source>
        <translation>将删除 {folder} 中的 {size}；之后可以重新下载。</translation>
    </message>
    <message>
        <source>{status} · copied</source>
        <translation>{status} · 已复制</translation>
    </message>
    <message>
        <source>{tally}. What you capture meanwhile is answered first.</source>
        <translation>{tally}。期间的截图会优先处理。</translation>
    </message>
    <message>
        <source>{task}
needs the Qwen2.5-VL model</source>
        <translation>{task}
需要 Qwen2.5-VL 模型</translation>
    </message>
    <message>
        <source>{task} needs a question.</source>
        <translation>“{task}”任务需要一个问题。</translation>
    </message>
    <message>
        <source>{task} needs the Qwen2.5-VL model; `shotglass models list` shows which one fits this computer.</source>
        <translation>“{task}”任务需要 Qwen2.5-VL 模型；`shotglass models list` 会列出适合本机的模型。</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩余 {time}</translation>
    </message>
    <message>
        <source>{title} copy</source>
        <translation>{title} 副本</translation>
    </message>
    <message>
        <source>{tokens} tokens foretold by a draft</source>
        <translation>{tokens} 个 token 由草稿预测</translation>
    </message>
    <message>
        <source>{tokens} tokens, {kept} of them kept from before</source>
        <translation>{tokens} 个 token，其中 {kept} 个沿用之前的计算</translation>
    </message>
    <message>
        <source>{trouble}; trying again in {seconds} s</source>
        <translation>{trouble}；{seconds} 秒后重试</translation>
    </message>
    <message>
        <source>{what}: {state}</source>
        <translation>{what}：{state}</translation>
    </message>
    <message>
        <source>{width} × {height} pixels, {source}</source>
        <translation>{width} × {height} 像素，{source}</translation>
    </message>
    <message>
        <source>{words} (GPU runtime)</source>
        <translation>{words}（GPU 运行库）</translation>
    </message>
    <message>
        <source>{words} (unpacking the GPU runtime)</source>
        <translation>{words}（正在解包 GPU 运行库）</translation>
    </message>
    <message>
        <source>{words} ({keys})</source>
        <translation>{words} ({keys})</translation>
    </message>
    <message>
        <source>{words}.</source>
        <translation>{words}。</translation>
    </message>
    <message>
        <source>{words}; {warning}.</source>
        <translation>{words}；{warning}。</translation>
    </message>
    <message>
        <source>“{text}” is missing</source>
        <translation>缺少“{text}”</translation>
    </message>
    <message>
        <source>“{text}” is not a shortcut; write it like Ctrl+Alt+G.</source>
        <translation>“{text}”不是快捷键；请写成 Ctrl+Alt+G 这样的形式。</translation>
    </message>
    <message>
        <source>“{text}” would take a key you type with; add Ctrl, Alt or Meta.</source>
        <translation>“{text}”会占用打字按键；请加上 Ctrl、Alt 或 Meta。</translation>
    </message>
</context>
</TS>

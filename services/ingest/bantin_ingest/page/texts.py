"""Every sentence of the upload page, in Vietnamese and in English."""

from collections.abc import Mapping
from dataclasses import dataclass

from bantin.site.language import Language


@dataclass(frozen=True, slots=True)
class Texts:
    """The page's sentences in one language; `{}` takes a number or a name.

    `statuses` are by the status of a receipt, `reasons` by the code of its reason, `problems` by that of a refused
    request; `""` is any other.
    """

    skip: str
    heading: str
    lead: str
    files: str
    choose: str
    choose_folder: str
    drop: str
    limits: str
    chosen: str
    too_large: str
    remove: str
    clear: str
    optional: str
    source: str
    source_hint: str
    source_url: str
    source_url_hint: str
    send: str
    sending: str
    storing: str
    cancel: str
    under_way: str
    ended: str
    ended_one: str
    sent: str
    kept: str
    again: str
    update: str
    file: str
    size: str
    outcome: str
    ids: str
    ids_of: str
    receipt_id: str
    trace_id: str
    copy: str
    copied: str
    read: str
    read_of: str
    back: str
    unknown: str
    unknown_hint: str
    failed: str
    statuses: Mapping[str, str]
    reasons: Mapping[str, str]
    problems: Mapping[str, str]


VIETNAMESE = Texts(
    skip="Đến nội dung chính",
    heading="Nạp tin",
    lead="Gửi các trang tin đã lưu. Mỗi tệp được đọc, tách lấy bài viết và đưa vào tìm kiếm, thường trong vài giây.",
    files="Tệp cần gửi",
    choose="Chọn tệp…",
    choose_folder="Chọn cả thư mục…",
    drop="hoặc kéo tệp, thư mục thả vào đây",
    limits="Trang web đã lưu (HTML, MHTML), văn bản (TXT), PDF, Word (DOC, DOCX), ODT, RTF, thư (EML). "
    "Mỗi tệp tối đa {}, mỗi lần gửi tối đa {} tệp.",
    chosen="Đã chọn {} tệp, {}",
    too_large="quá lớn, sẽ bị từ chối",
    remove="Bỏ tệp {}",
    clear="Bỏ chọn tất cả",
    optional="không bắt buộc",
    source="Tên nguồn",
    source_hint="Ví dụ: Cổng thông tin điện tử tỉnh Bắc Kạn. Dùng khi trong trang không ghi nguồn.",
    source_url="Địa chỉ của trang trên mạng",
    source_url_hint="Chỉ điền được khi gửi một tệp: mỗi bài có địa chỉ riêng.",
    send="Gửi",
    sending="Đang gửi…",
    storing="Đã gửi xong, đang ghi nhận…",
    cancel="Dừng",
    under_way="Đang xử lý: xong {}/{} tệp",
    ended="Đã xử lý xong {} tệp",
    ended_one="Đã xử lý xong",
    sent="Gửi lúc",
    kept="Các tệp đã được lưu chắc chắn: có thể đóng trang này và mở lại đúng địa chỉ này để xem kết quả.",
    again="Nạp thêm tệp",
    update="Xem tình trạng mới nhất",
    file="Tệp",
    size="Dung lượng",
    outcome="Kết quả",
    ids="Mã tra cứu",
    ids_of="Mã tra cứu của {}",
    receipt_id="Mã biên nhận",
    trace_id="Mã vết (trace)",
    copy="Chép",
    copied="Đã chép",
    read="Xem bài",
    read_of="Xem bài từ {}",
    back="Về trang nạp tin",
    unknown="Không có lần gửi này",
    unknown_hint="Địa chỉ có thể đã sai. Hãy lấy lại địa chỉ từ lúc gửi tệp.",
    failed="Chưa xem được kết quả",
    statuses={
        "accepted": "Đang xử lý",
        "indexed": "Đã vào chỉ mục",
        "duplicate": "Trùng",
        "rejected": "Bị từ chối",
        "dead_lettered": "Không xử lý được",
    },
    reasons={
        "empty": "Tệp trống, hoặc trong tệp không có chữ nào.",
        "too_large": "Tệp lớn hơn mức cho phép.",
        "unsupported_type": "Không đọc được loại tệp này. Hãy gửi trang web đã lưu (HTML), văn bản, PDF hoặc Word.",
        "undecodable": "Không đọc được chữ trong tệp. Hãy lưu lại tệp với bảng mã UTF-8 rồi gửi lại.",
        "no_text": "Tài liệu chỉ có hình, không có chữ. Hãy gửi bản có chữ, không chỉ là ảnh quét.",
        "encrypted": "Tệp có mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.",
        "archive_unsafe": "Tệp nén không an toàn nên không được mở. Hãy gửi riêng từng tệp bên trong.",
        "no_article": "Không thấy bài viết nào: có thể đây là trang chủ, trang danh sách, biểu mẫu hoặc mẫu trống.",
        "older_capture": "Bài này đã có bản được lưu muộn hơn; bản cũ không thay bản mới.",
        "unchanged": "Bài này đã có, tiêu đề và nội dung không đổi.",
        "extract_timeout": "Đọc trang quá lâu nên phải dừng. Hãy lưu trang ở dạng văn bản rồi gửi lại.",
        "extract_crashed": "Chương trình không đọc được trang này. Hãy lưu trang ở dạng văn bản rồi gửi lại.",
        "handler_failed": "Chương trình gặp lỗi. Tệp vẫn được giữ để người vận hành xem lại.",
        "index_refused": "Chỉ mục không nhận bài này. Tệp vẫn được giữ để người vận hành xem lại.",
    },
    problems={
        "file_missing": "Chưa có tệp nào: hãy chọn ít nhất một tệp rồi gửi.",
        "source_url_for_several": "Địa chỉ của trang chỉ dùng cho một tệp: hãy để trống ô đó, hoặc gửi từng tệp một.",
        "invalid_source_url": "Địa chỉ của trang không đúng: phải bắt đầu bằng https:// hoặc http://, không có khoảng "
        "trắng.",
        "invalid_source": "Tên nguồn dài quá 500 ký tự.",
        "too_large": "Quá lớn: mỗi tệp tối đa {}, cả lần gửi tối đa {}.",
        "too_many_files": "Quá nhiều tệp: mỗi lần gửi tối đa {} tệp. Hãy chia thành nhiều lần.",
        "too_slow": "Đường truyền bị ngắt quãng quá lâu nên lần gửi bị hủy. Hãy gửi lại.",
        "incomplete_request": "Kết nối bị ngắt trước khi gửi xong. Hãy gửi lại.",
        "log_unavailable": "Hệ thống tạm thời chưa nhận được tệp. Hãy gửi lại sau ít phút; gửi lại không làm lặp bài.",
        "no_room": "Máy chủ hết chỗ để nhận tệp. Hãy gửi lại sau.",
        "receipts_unavailable": "Các tệp đã được nhận, nhưng lúc này chưa xem được kết quả. Hãy tải lại trang sau ít "
        "giây.",
        "offline": "Không gửi được: mất kết nối với máy chủ. Các tệp vẫn đang được chọn, hãy bấm Gửi lần nữa.",
        "refused": "Không gửi được: khóa truy cập sai hoặc không có quyền nạp tin. Hãy tải lại trang rồi nhập khóa.",
        "": "Không gửi được: biểu mẫu bị hỏng trên đường đi. Hãy tải lại trang rồi gửi lại.",
    },
)

ENGLISH = Texts(
    skip="Skip to the main content",
    heading="Upload",
    lead="Send saved news pages. Each file is read, its article found and put into the search, mostly within seconds.",
    files="Files to send",
    choose="Choose files…",
    choose_folder="Choose a folder…",
    drop="or drop files and folders here",
    limits="Saved web pages (HTML, MHTML), text (TXT), PDF, Word (DOC, DOCX), ODT, RTF, mail (EML). "
    "At most {} a file, {} files at a time.",
    chosen="Files chosen: {}, {}",
    too_large="too large, will be rejected",
    remove="Leave out {}",
    clear="Leave out all",
    optional="optional",
    source="Name of the source",
    source_hint="For example: Portal of Bắc Kạn province. Used where the page itself names no source.",
    source_url="The page's address on the web",
    source_url_hint="For one file only: each article has an address of its own.",
    send="Send",
    sending="Sending…",
    storing="Sent, being made safe…",
    cancel="Stop",
    under_way="Under way: {} of {} files done",
    ended="{} files done",
    ended_one="Done",
    sent="Sent at",
    kept="The files are kept safely: you may close this page and come back to its address for the outcome.",
    again="Upload more files",
    update="Show the latest state",
    file="File",
    size="Size",
    outcome="Outcome",
    ids="Ids",
    ids_of="Ids of {}",
    receipt_id="Receipt",
    trace_id="Trace",
    copy="Copy",
    copied="Copied",
    read="Read the article",
    read_of="Read the article from {}",
    back="To the upload page",
    unknown="There is no such upload",
    unknown_hint="The address may be wrong: take it from the page that you sent the files with.",
    failed="The outcome can't be shown now",
    statuses={
        "accepted": "In progress",
        "indexed": "Indexed",
        "duplicate": "Duplicate",
        "rejected": "Rejected",
        "dead_lettered": "Could not be processed",
    },
    reasons={
        "empty": "The file is empty, or holds no text.",
        "too_large": "The file is larger than allowed.",
        "unsupported_type": "This kind of file can't be read. Send a saved web page (HTML), text, PDF or Word.",
        "undecodable": "The file's text can't be read. Save it as UTF-8 and send it again.",
        "no_text": "The document holds only pictures. Send one that has text in it, not only a scan.",
        "encrypted": "The file has a password. Take it off and send the file again.",
        "archive_unsafe": "The archive is not safe to open. Send the files in it one by one.",
        "no_article": "No article was found: this may be a home page, a listing, a form or an empty template.",
        "older_capture": "A copy of this article that was saved later is there; an older one does not replace it.",
        "unchanged": "This article is there already, with the same title and text.",
        "extract_timeout": "The page took too long to read. Save it as text and send it again.",
        "extract_crashed": "The page could not be read. Save it as text and send it again.",
        "handler_failed": "Something failed on our side. The file is kept, and the operators will look at it.",
        "index_refused": "The index did not take the article. The file is kept, and the operators will look at it.",
    },
    problems={
        "file_missing": "There is no file: choose at least one, then send.",
        "source_url_for_several": "The page's address is for one file only: leave it empty, or send one at a time.",
        "invalid_source_url": "The page's address is wrong: it begins with https:// or http:// and holds no spaces.",
        "invalid_source": "The name of the source is longer than 500 characters.",
        "too_large": "Too large: at most {} a file, {} at a time.",
        "too_many_files": "Too many files: at most {} at a time. Send them in several goes.",
        "too_slow": "The connection paused for too long, so this upload was given up. Send it again.",
        "incomplete_request": "The connection ended before everything was sent. Send it again.",
        "log_unavailable": "Files can't be taken now. Send them again in a few minutes; that makes no article twice.",
        "no_room": "The server has no room for the files. Send them again later.",
        "receipts_unavailable": "The files were received; their outcome can't be shown now. Load this page again soon.",
        "offline": "Nothing was sent: the server can't be reached. The files are still chosen; press Send again.",
        "refused": "Nothing was sent: the key is wrong or may not upload. Load this page again and give a key.",
        "": "Nothing was sent: the form was damaged on the way. Load this page again and send once more.",
    },
)

TEXTS: Mapping[Language, Texts] = {"vi": VIETNAMESE, "en": ENGLISH}

"""Every sentence of the portal, in Vietnamese and in English."""

from collections.abc import Mapping
from dataclasses import dataclass

from bantin.site.language import Language


@dataclass(frozen=True, slots=True)
class Texts:
    """The portal's sentences in one language; `{}` takes a number or a name."""

    language: Language
    skip: str
    words: str
    words_hint: str
    search: str
    suggestions: str
    did_you_mean: str
    filters: str
    apply: str
    clear: str
    remove: str
    more: str
    period: str
    first_day: str
    last_day: str
    sort: str
    relevance: str
    newest: str
    oldest: str
    places: str
    places_published: str
    places_today: str
    found: str
    found_one: str
    found_none: str
    none_hint: str
    latest: str
    empty: str
    empty_hint: str
    histogram: str
    next_page: str
    first_page: str
    results: str
    duplicates: str
    unfolded: str
    undated: str
    back: str
    original_page: str
    as_data: str
    by: str
    views: str
    people: str
    organisations: str
    documents: str
    campaigns: str
    event_dates: str
    captions: str
    issued_by: str
    evidence: str
    evidence_hint: str
    value: str
    passage: str
    method: str
    not_in_text: str
    page_text: str
    not_found: str
    not_found_hint: str
    failed: str
    kinds: Mapping[str, str]
    fields: Mapping[str, str]
    problems: Mapping[str, str]


VIETNAMESE = Texts(
    language="vi",
    skip="Đến kết quả",
    words="Từ cần tìm",
    words_hint='Gõ có dấu hay không dấu đều được; "trong ngoặc kép" để tìm nguyên cụm, -từ để loại trừ',
    search="Tìm",
    suggestions="Gợi ý",
    did_you_mean="Có phải bạn muốn tìm:",
    filters="Bộ lọc",
    apply="Áp dụng",
    clear="Xóa bộ lọc",
    remove="Bỏ lọc {}",
    more="Thêm {}",
    period="Ngày đăng",
    first_day="Từ ngày",
    last_day="Đến ngày",
    sort="Sắp xếp",
    relevance="Phù hợp nhất",
    newest="Mới nhất",
    oldest="Cũ nhất",
    places="Địa danh",
    places_published="Tên khi đăng bài",
    places_today="Tên hiện nay",
    found="{} bài",
    found_one="1 bài",
    found_none="Không tìm thấy bài nào",
    none_hint="Hãy thử ít từ hơn, bỏ bớt bộ lọc hoặc nới khoảng ngày.",
    latest="Bài mới nhất",
    empty="Chưa có bài nào",
    empty_hint="Hãy đưa tệp đầu tiên vào ở trang nạp tin.",
    histogram="Số bài theo thời gian, từ {} đến {}",
    next_page="Trang tiếp",
    first_page="Về trang đầu",
    results="Kết quả",
    duplicates="+{} bản tương tự",
    unfolded="Hiện từng bản tương tự",
    undated="không ghi ngày",
    back="Tìm kiếm",
    original_page="Trang gốc",
    as_data="Dữ liệu JSON",
    by="Tác giả",
    views="{} lượt xem",
    people="Người được nhắc đến",
    organisations="Cơ quan, tổ chức",
    documents="Văn bản",
    campaigns="Phong trào, cuộc vận động",
    event_dates="Ngày diễn ra",
    captions="Chú thích ảnh",
    issued_by="{} ban hành",
    evidence="Căn cứ",
    evidence_hint="Mỗi thông tin ở trên được đọc từ chỗ nào trong trang.",
    value="Giá trị",
    passage="Chỗ trong trang",
    method="Cách đọc",
    not_in_text="không nằm trong phần chữ của trang",
    page_text="Toàn bộ chữ của trang",
    not_found="Không có bài này",
    not_found_hint="Địa chỉ có thể đã sai hoặc bài chưa được lập chỉ mục.",
    failed="Chưa tìm được",
    kinds={
        "place": "Địa danh",
        "person": "Người",
        "organisation": "Cơ quan, tổ chức",
        "document": "Văn bản",
        "title": "Bài",
    },
    fields={
        "province": "Tỉnh, thành phố",
        "district": "Huyện, quận",
        "section": "Chuyên mục",
        "source": "Nguồn",
        "author": "Tác giả",
        "person": "Người",
        "organisation": "Cơ quan, tổ chức",
        "document": "Văn bản",
        "campaign": "Phong trào",
        "title": "Tiêu đề",
        "published_at": "Ngày đăng",
        "authors": "Tác giả",
        "views": "Lượt xem",
        "districts": "Huyện, quận",
        "people": "Người",
        "organisations": "Cơ quan, tổ chức",
        "documents": "Văn bản",
        "campaigns": "Phong trào",
        "event_dates": "Ngày diễn ra",
        "captions": "Chú thích ảnh",
        "province_today": "Tỉnh, thành phố hiện nay",
        "source_url": "Địa chỉ gốc",
    },
    problems={
        "query_too_long": "Câu tìm quá dài: nhiều nhất 2.000 ký tự.",
        "invalid_date": "Ngày không đúng: hãy ghi một ngày có thật theo dạng năm-tháng-ngày.",
        "invalid_date_range": "Ngày đầu đứng sau ngày cuối: hãy đổi lại.",
        "invalid_cursor": "Trang kết quả này đã hết hạn: hãy tìm lại từ trang đầu.",
        "collapsed_too_deep": "Khi gộp bản tương tự chỉ xem được 1.000 kết quả: hãy tìm hẹp hơn hoặc hiện từng bản.",
        "district_abolished": "Từ 1/7/2025 không còn cấp huyện: hãy bỏ lọc theo huyện hoặc chọn tên khi đăng bài.",
        "search_unavailable": "Máy tìm kiếm tạm thời chưa trả lời. Hãy thử lại sau vài giây.",
        "search_refused": "Máy tìm kiếm đang từ chối phục vụ. Người vận hành đã được báo.",
        "": "Địa chỉ này có tham số không đúng.",
    },
)

ENGLISH = Texts(
    language="en",
    skip="Skip to the results",
    words="Words to look for",
    words_hint='With or without diacritics; "in quotes" for an exact phrase, -word to leave out',
    search="Search",
    suggestions="Suggestions",
    did_you_mean="Did you mean:",
    filters="Filters",
    apply="Apply",
    clear="Clear filters",
    remove="Remove the filter {}",
    more="{} more",
    period="Published",
    first_day="From",
    last_day="To",
    sort="Sort",
    relevance="Best match",
    newest="Newest",
    oldest="Oldest",
    places="Place names",
    places_published="As published",
    places_today="As of today",
    found="{} articles",
    found_one="1 article",
    found_none="No article found",
    none_hint="Try fewer words, fewer filters or a longer period.",
    latest="Latest articles",
    empty="There are no articles yet",
    empty_hint="Bring in the first file on the upload page.",
    histogram="Articles over time, from {} to {}",
    next_page="Next page",
    first_page="First page",
    results="Results",
    duplicates="+{} near-duplicates",
    unfolded="Near-duplicates shown one by one",
    undated="undated",
    back="Search",
    original_page="Original page",
    as_data="JSON data",
    by="By",
    views="{} views",
    people="People named",
    organisations="Organisations",
    documents="Documents",
    campaigns="Campaigns",
    event_dates="Took place on",
    captions="Photo captions",
    issued_by="issued by {}",
    evidence="Evidence",
    evidence_hint="Where in the page each of the facts above was read.",
    value="Value",
    passage="Passage",
    method="Method",
    not_in_text="not in the page's text",
    page_text="All of the page's text",
    not_found="There is no such article",
    not_found_hint="The address may be wrong, or the article is not indexed yet.",
    failed="The search did not work",
    kinds={
        "place": "Place",
        "person": "Person",
        "organisation": "Organisation",
        "document": "Document",
        "title": "Article",
    },
    fields={
        "province": "Province",
        "district": "District",
        "section": "Section",
        "source": "Source",
        "author": "Author",
        "person": "Person",
        "organisation": "Organisation",
        "document": "Document",
        "campaign": "Campaign",
        "title": "Title",
        "published_at": "Published",
        "authors": "Authors",
        "views": "Views",
        "districts": "Districts",
        "people": "People",
        "organisations": "Organisations",
        "documents": "Documents",
        "campaigns": "Campaigns",
        "event_dates": "Took place on",
        "captions": "Photo captions",
        "province_today": "Province today",
        "source_url": "Original address",
    },
    problems={
        "query_too_long": "The query is too long: 2,000 characters at most.",
        "invalid_date": "That is no date: give a day of the calendar as year-month-day.",
        "invalid_date_range": "The first day is after the last: swap them.",
        "invalid_cursor": "This page of results has expired: search again from the first page.",
        "collapsed_too_deep": "Folded results end after 1,000 hits: narrow the search, or unfold near-duplicates.",
        "district_abolished": "There are no districts since 1 July 2025: drop that filter or use names as published.",
        "search_unavailable": "The search engine does not answer now. Try again in a few seconds.",
        "search_refused": "The search engine refuses to serve. Its operators have been told.",
        "": "A parameter of this address is wrong.",
    },
)

TEXTS: Mapping[Language, Texts] = {"vi": VIETNAMESE, "en": ENGLISH}

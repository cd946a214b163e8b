"""Which articles words match: the same sets on every engine."""

import unicodedata
from itertools import product

import pytest

from bantin.events import Document, Person
from bantin.search.port import SearchEngine
from bantin.search.query import MAX_QUERY_CHARACTERS
from tests.contracts.search.corpus import ask, fill, found, ranked, stored

HOSTILE = [
    '"',
    'dân "vận',
    "AND OR NOT",
    "()[]{}^~*:/\\",
    "dân AND (",
    "-",
    '-"',
    '""',
    "title:dân",
    "dân*",
    "*",
    "/.*/",
    "dân~ vận^2",
    "🙂🙂",
    "\x00\x01 \ufffe",
    "\u200b",
    "<script>",
    "a" * 2000,
    "ă b " * 500,
    "-a " * 666,
    '"a b" ' * 330,
    '-"a" ' * 400,
    "\u0301" * 2000,
    "dân\ud800 vận \udfff",
    "\u202edân\u200f \u2066vận",
    "site:gov.vn {!q} [a TO b] +dân ?vận \\",
    "^." * 1000 + "x",
    "-dân -vận -khéo",
    "của và là",
    "nghị quyết số của quý tháng năm tp huyện ông",
]


@pytest.fixture
async def filled(engine: SearchEngine) -> SearchEngine:
    await fill(
        engine,
        [
            stored("kan", "Bắc Kạn hôm nay", "Hội nghị tổng kết ở tỉnh."),
            stored("bac", "Bậc thang", "Kan là một cái tên."),
            stored("hoa", "Hoà bình", "Ủy ban nhân dân xã Thủy An."),
            stored("nq", "Triển khai nghị quyết", "Nghị quyết số 04-NQ/TU và 19/2025/QĐ-TTg, kỹ thuật quý giá."),
        ],
    )
    return engine


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("bac kan", {"kan", "bac"}),
        ("bắc kạn", {"kan", "bac"}),
        ("BẮC kan", {"kan", "bac"}),
        ("hòa", {"hoa"}),
        ("hoà", {"hoa"}),
        ("HÒA BÌNH", {"hoa"}),
        ("uỷ ban thuỷ", {"hoa"}),
        ("kĩ thuật", {"nq"}),
        ("quí", {"nq"}),
        ("ｔｈｕậｔ", {"nq"}),
        ("04-nq/tu", {"nq"}),
        ("19/2025/qd-ttg", {"nq"}),
        ("nghi quyet so 04", {"nq"}),
        ("dan", {"hoa"}),
        ("đan", {"hoa"}),
        ("không có", set[str]()),
        ("hội nghị bình", set[str]()),
        ('"bắc kạn"', {"kan"}),
        ('"BẮC KẠN"', {"kan"}),
        ('"bac kan"', set[str]()),
        ('"kạn bắc"', set[str]()),
        ('"hòa bình"', {"hoa"}),
        ('"nay hội"', set[str]()),
        ('"04-NQ/TU"', {"nq"}),
        ('"tên"', {"bac"}),
        ("bac -kạn", {"bac"}),
        ("bac -kan", set[str]()),
        ('bac -"bắc kạn"', {"bac"}),
        ('bac -"bac kan"', {"kan", "bac"}),
        ("-bac", {"hoa", "nq"}),
        ('"bắc kạn" "hội nghị"', {"kan"}),
        ("", {"kan", "bac", "hoa", "nq"}),
        ("  ?!  ", {"kan", "bac", "hoa", "nq"}),
    ],
)
async def test_words_match(filled: SearchEngine, text: str, ids: set[str]):
    assert await found(filled, text) == ids
    assert await found(filled, unicodedata.normalize("NFD", text)) == ids


async def test_text_that_is_stored_decomposed_matches(engine: SearchEngine):
    await fill(engine, [stored("a", unicodedata.normalize("NFD", "Thủy điện Đắk Nông"))])
    assert await found(engine, '"thuỷ điện"') == await found(engine, "dak nong") == {"a"}


async def test_of_many_words_a_part_is_enough(engine: SearchEngine):
    await fill(engine, [stored(f"d{n}", "Tin", " ".join(f"w{i}" for i in range(n))) for n in range(7)])
    assert await found(engine, "w0 w1 w2") == {"d3", "d4", "d5", "d6"}
    assert await found(engine, "w0 w1 w2 x y") == {"d3", "d4", "d5", "d6"}
    assert await found(engine, "w0 w1 w2 w3 w4 w5 x y z t") == {"d4", "d5", "d6"}


async def test_names_numbers_and_captions_match(engine: SearchEngine):
    article = stored(
        "a",
        captions=("Toàn cảnh lễ hội",),
        people=(Person(name="Phan Thị Bình", roles=("Bí thư Huyện ủy",)),),
        organisations=("Hội Nông dân tỉnh Lạng Sơn",),
        documents=(Document(kind="Kế hoạch", number="12-KH/TU", issuer="Tỉnh đoàn", title="Tuyên truyền biển đảo"),),
        campaigns=("Sạch nhà",),
        authors=("Tuấn Vũ",),
        source="Đài Hạ Lang",
        section="Quốc phòng",
        province="Cao Bằng",
        districts=("Trùng Khánh",),
    )
    await fill(engine, [article, stored("b")])
    for text in (
        "toan canh", "phan thi binh", "bi thu", "nong dan", "12-KH/TU", "ke hoach 12", "tinh doan", "bien dao",
        "sach nha", "tuan vu", "ha lang", "quoc phong", "cao bang", "trung khanh", '"Phan Thị Bình"',
    ):  # fmt: skip
        assert await found(engine, text) == {"a"}, text
    assert await found(engine, '"hội phan"') == set()
    assert await found(engine, '"lễ hội hội nông"') == set()


async def test_accents_that_were_typed_rank_higher(engine: SearchEngine):
    await fill(engine, [stored("exact", "Tin", "bắc kạn và nơi khác"), stored("other", "Tin", "bậc kan và nơi khác")])
    assert (await ranked(engine, "bắc kạn"))[0] == (await ranked(engine, "bắc kan"))[0] == "exact"
    assert (await ranked(engine, "bậc kan"))[0] == "other"


async def test_titles_and_neighbours_rank_higher(engine: SearchEngine):
    await fill(
        engine,
        [
            stored("apart", "Tin vắn", "Dân ở đây và vận ở kia, rất khéo nữa."),
            stored("together", "Tin vắn", "Ở đây và ở kia rất dân vận khéo nữa."),
            stored("titled", "Dân vận khéo", "Ở đây và ở kia rất là nhiều nữa đấy."),
        ],
    )
    assert await ranked(engine, "dan van kheo") == ["titled", "together", "apart"]
    assert await ranked(engine, "dân vận khéo") == ["titled", "together", "apart"]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_anything_can_be_typed(filled: SearchEngine, text: str):
    for sort, completing in product(("relevance", "newest"), (False, True)):
        results = await ask(filled, text, sort=sort, completing=completing)
        assert len(results.hits) == results.total


async def test_highlights_are_safe_and_scores_belong_to_relevance(engine: SearchEngine):
    await fill(engine, [stored("a", "<script>Dân vận</script>", 'Về "dân vận" & <b>khéo</b>')])
    (hit,) = (await ask(engine, "dan van")).hits
    assert hit.highlight.title == ("&lt;script&gt;<mark>Dân vận</mark>&lt;/script&gt;",)
    assert hit.highlight.body == ("Về &quot;<mark>dân vận</mark>&quot; &amp; &lt;b&gt;khéo&lt;/b&gt;",)
    assert hit.snippet == 'Về "dân vận" & <b>khéo</b>'
    assert hit.score is not None
    assert hit.score > 0
    (hit,) = (await ask(engine, "dan van", sort="newest")).hits
    assert hit.score is None
    assert hit.highlight.title


async def test_a_question_finds_what_answers_it(filled: SearchEngine):
    assert await found(filled, "nghị quyết nào nói về kỹ thuật quý giá") == {"nq"}


async def test_a_question_that_quotes_what_no_article_says_is_answered_without_its_quotes(filled: SearchEngine):
    assert await found(filled, '"hoa binh" là gì') == {"hoa"}
    assert await found(filled, '"hoà bình" là gì') == {"hoa"}
    assert await found(filled, '"hoa binh"') == set()


async def test_words_of_the_lexicon_outrank_the_same_syllables_apart(engine: SearchEngine):
    await fill(
        engine,
        [
            stored("apart", "Tin", "Tế lễ, kinh sách, tế bào và kinh nguyệt ở xã."),
            stored("word", "Tin", "Phát triển kinh tế, kinh tế hộ và sách ở xã."),
        ],
    )
    assert await ranked(engine, "kinh tế") == ["word", "apart"]


async def test_words_of_other_languages_that_look_like_keys_are_found_as_they_are(engine: SearchEngine):
    await fill(
        engine,
        [
            stored("english", "Oof, boss!", "Test box: the class pays no fees."),
            stored("central", "Nghị quyết 18 của TW", "Bán vé xem bóng."),
            stored("province", "Chuyện từ từ kể", "Tét bánh, ồ, bõ công."),
        ],
    )
    for text in ("test", "oof", "boss", "class", "fees", "box", "test class"):
        assert await found(engine, text) == {"english"}, text
    assert (await ranked(engine, "test box"))[0] == "english"
    assert (await ranked(engine, "nghi quyet 18 tw"))[0] == "central"
    assert (await ranked(engine, "tets banhs, of"))[0] == "province"


async def test_words_that_are_being_typed_find_what_the_last_one_begins(engine: SearchEngine) -> None:
    await fill(
        engine, [stored("a", body="Phong trào dân vận khéo"), stored("b", body="Dân vận ở cơ sở, vùng khó khăn")]
    )
    assert await found(engine, "dân vận khe", completing=True) == {"a"}
    assert await found(engine, "dan van kh", completing=True) == {"a", "b"}
    assert await found(engine, "v", completing=True) == {"a", "b"}
    assert await found(engine, "phong tr", completing=True) == {"a"}
    assert await found(engine, "dân vận kh ", completing=True) == set(), "a space says that the word is whole"
    assert await found(engine, "dân vận khe") == set()
    assert await found(engine, 'dân "vận kh"', completing=True) == set(), "what is quoted is whole"
    assert await found(engine, "dân -kh", completing=True) == {"a", "b"}


@pytest.mark.parametrize("letter", ["0", "đ", "ế", "語", "𠮷"])
async def test_a_word_of_any_length_may_be_unfinished(engine: SearchEngine, letter: str) -> None:
    await fill(engine, [stored("a", body="Phong trào dân vận khéo")])
    for length in (64, 65, 1_000, MAX_QUERY_CHARACTERS):
        assert await found(engine, letter * length, completing=True) == set(), length


@pytest.mark.parametrize(
    "text",
    [
        "title:bắc kạn", "intitle:bắc kạn", "filetype:pdf bắc kạn", 'province:"Bắc Kạn"', "site:baobackan.vn bắc kạn",
        "(title:bắc kạn)",
    ],
)  # fmt: skip
async def test_fields_of_other_engines_are_passed_over(engine: SearchEngine, text: str) -> None:
    await fill(engine, [stored("a", body="Hội nghị ở Bắc Kạn"), stored("b", body="Hội nghị ở Hậu Giang")])
    assert await found(engine, text) == {"a"}


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("huyện Đắk R'lấp", ["dak rlap", "đắk rlấp", "Đắk R'lấp", "huyện đắk r lấp"]),
        ("huyện Cư Mgar", ["cư m'gar", "cu mgar"]),
        ("huyện Ea H'leo", ["ea hleo", "Ea H’leo"]),
        ("kinh tế quý III năm 2023", ["kinh tế quý 3/2023", "quý III/2023", "quy 3 2023"]),
        ("kinh tế quý 1 năm 2021", ["kinh tế quý I/2021", "quý 1/2021"]),
        ("huyện Vị Thủy", ["H. Vị Thủy", "h vi thuy", "Vị Thủy"]),
        ("quận 1", ["Q1", "Q.1", "quận 01"]),
        ("phường 5", ["P.5", "p5"]),
        ("thị xã Ngã Bảy", ["TX. Ngã Bảy", "tx nga bay"]),
    ],
)
async def test_other_writings_of_the_same(engine: SearchEngine, written: str, typed: list[str]) -> None:
    await fill(engine, [stored("a", body=f"Hội nghị ở {written}"), stored("b", body="Hội nghị ở xã bên cạnh")])
    for text in typed:
        assert await found(engine, text) == {"a"}, text

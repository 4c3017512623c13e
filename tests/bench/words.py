"""The words of made-up summits, in three scripts."""

PARTIES = [
    ("kor", "KR", "Republic of Korea", "대한민국", "大韓民国"),
    ("jpn", "JP", "Japan", "일본", "日本"),
    ("chn", "CN", "China", "중국", "中国"),
    ("usa", "US", "United States", "미국", "アメリカ合衆国"),
    ("fra", "FR", "France", "프랑스", "フランス"),
    ("deu", "DE", "Germany", "독일", "ドイツ"),
    ("gbr", "GB", "United Kingdom", "영국", "英国"),
    ("ind", "IN", "India", "인도", "インド"),
    ("idn", "ID", "Indonesia", "인도네시아", "インドネシア"),
    ("vnm", "VN", "Viet Nam", "베트남", "ベトナム"),
    ("tha", "TH", "Thailand", "태국", "タイ"),
    ("phl", "PH", "Philippines", "필리핀", "フィリピン"),
    ("aus", "AU", "Australia", "호주", "オーストラリア"),
    ("can", "CA", "Canada", "캐나다", "カナダ"),
    ("mex", "MX", "Mexico", "멕시코", "メキシコ"),
    ("bra", "BR", "Brazil", "브라질", "ブラジル"),
    ("zaf", "ZA", "South Africa", "남아프리카공화국", "南アフリカ"),
    ("ken", "KE", "Kenya", "케냐", "ケニア"),
    ("tur", "TR", "Türkiye", "튀르키예", "トルコ"),
    ("mng", "MN", "Mongolia", "몽골", "モンゴル"),
]
# slug, main topic, and the words of a matter in English, Korean, Japanese.
TOPICS = [
    ("economy", "", "the economy", "경제", "経済"),
    ("trade", "economy", "trade", "무역", "貿易"),
    ("investment", "economy", "investment", "투자", "投資"),
    ("finance", "economy", "currency swaps", "통화", "通貨"),
    ("security", "", "security", "안보", "安全保障"),
    ("defence", "security", "defence", "국방", "防衛"),
    ("nonproliferation", "security", "non-proliferation", "비확산", "不拡散"),
    ("maritime", "security", "maritime safety", "해상", "海上"),
    ("society", "", "exchanges", "교류", "交流"),
    ("youth", "society", "youth", "청년", "青年"),
    ("culture", "society", "culture", "문화", "文化"),
    ("health", "society", "public health", "보건", "保健"),
    ("nature", "", "the environment", "환경", "環境"),
    ("climate", "nature", "climate", "기후", "気候"),
    ("fisheries", "nature", "fisheries", "어업", "漁業"),
    ("energy", "nature", "energy", "에너지", "エネルギー"),
    ("technology", "", "technology", "기술", "技術"),
    ("space", "technology", "space", "우주", "宇宙"),
    ("digital", "technology", "data", "데이터", "データ"),
    ("transport", "technology", "railways", "철도", "鉄道"),
]
# What is to be done: with “cooperation” in nearly all, as records have it.
DEEDS = [
    ("Widen cooperation on {}", "{} 협력 확대", "{}の協力を拡大"),
    ("Open talks on cooperation in {}", "{} 협력 협의 개시", "{}の協力に関する協議を開始"),
    ("A yearly meeting on {} cooperation", "{} 협력 연례 회의", "{}協力の年次会合"),
    ("A joint fund for cooperation in {}", "{} 협력 공동 기금", "{}協力のための共同基金"),
    ("Exchange officials for {} cooperation", "{} 협력 공무원 파견", "{}協力のため職員を派遣"),
    ("An agreement on {}", "{} 협정", "{}に関する協定"),
]
PLACES = [
    ("Seoul", "서울", "ソウル", "kor", "Asia/Seoul", 37.57, 126.98),
    ("Busan", "부산", "釜山", "kor", "Asia/Seoul", 35.18, 129.08),
    ("Tokyo", "도쿄", "東京", "jpn", "Asia/Tokyo", 35.68, 139.69),
    ("Kyoto", "교토", "京都", "jpn", "Asia/Tokyo", 35.01, 135.77),
    ("Beijing", "베이징", "北京", "chn", "Asia/Shanghai", 39.90, 116.40),
    ("Washington", "워싱턴", "ワシントン", "usa", "America/New_York", 38.90, -77.04),
    ("Paris", "파리", "パリ", "fra", "Europe/Paris", 48.86, 2.35),
    ("Berlin", "베를린", "ベルリン", "deu", "Europe/Berlin", 52.52, 13.40),
    ("London", "런던", "ロンドン", "gbr", "Europe/London", 51.51, -0.13),
    ("New Delhi", "뉴델리", "ニューデリー", "ind", "Asia/Kolkata", 28.61, 77.21),
    ("Jakarta", "자카르타", "ジャカルタ", "idn", "Asia/Jakarta", -6.20, 106.85),
    ("Hanoi", "하노이", "ハノイ", "vnm", "Asia/Bangkok", 21.03, 105.85),
    ("Bangkok", "방콕", "バンコク", "tha", "Asia/Bangkok", 13.76, 100.50),
    ("Canberra", "캔버라", "キャンベラ", "aus", "Australia/Sydney", -35.28, 149.13),
]
FAMILIES = [
    ("Kim", "김", "金"), ("Lee", "이", "李"), ("Park", "박", "朴"), ("Choi", "최", "崔"),
    ("Sato", "사토", "佐藤"), ("Suzuki", "스즈키", "鈴木"), ("Tanaka", "다나카", "田中"),
    ("Ito", "이토", "伊藤"), ("Wang", "왕", "王"), ("Martin", "마르탱", "マルタン"),
    ("Weber", "베버", "ウェーバー"), ("Smith", "스미스", "スミス"),
]  # fmt: skip
GIVEN = [
    ("Minjun", "민준", "民俊"), ("Seoyeon", "서연", "瑞妍"), ("Jiho", "지호", "志浩"),
    ("Haruto", "하루토", "陽翔"), ("Yui", "유이", "結衣"), ("Kenji", "겐지", "健二"),
    ("Akiko", "아키코", "明子"), ("Mei", "메이", "梅"), ("Claire", "클레르", "クレール"),
    ("Jonas", "요나스", "ヨナス"), ("Emily", "에밀리", "エミリー"),
    ("Arjun", "아르준", "アルジュン"),
]  # fmt: skip
OFFICES = [
    ("Minister for Foreign Affairs", "외교부 장관", "外務大臣"),
    ("Minister of Trade", "통상부 장관", "通商大臣"),
    ("Ambassador", "대사", "大使"),
    ("Director-General", "국장", "局長"),
]
# One commitment in a thousand names it: a rare word, in three scripts.
RARE = ("desalination", "담수화", "淡水化")
SEARCHES = {"rare": "desalination", "common": "cooperation", "cjk": "어업"}
TWO_CHARACTERS = [
    "협력",
    "어업",
    "무역",
    "철도",
    "우주",
    "담수",
    "貿易",
    "漁業",
    "鉄道",
    "協力",
    "気候",
]

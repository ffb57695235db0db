import pytest

from comments.personal_numbers import personal_numbers


@pytest.mark.parametrize(
    "text",
    [
        "010-1234-5678",
        "01012345678로 연락 주세요",
        "010.1234.5678",
        "010 1234 5678",
        "０１０-１２３４-５６７８",
        "010\u200b-1234-5678",
        "+82 10-1234-5678",
        "+82-10-1234-5678",
        "011-234-5678",
        "02-345-6789",
        "(02) 345-6789",
        "031-123-4567",
        "070-1234-5678",
        "공일공 일이삼사 오육칠팔",
        "공일공-1234-오육칠팔",
        "o1o-1234-5678",
    ],
)
def test_a_telephone_number_is_found(text):
    assert personal_numbers(text) == ["전화번호"]


@pytest.mark.parametrize(
    "text", ["900101-1234567", "0503034123456", "050303 - 3123456", "９００１０１-２１２３４５６"]
)
def test_a_resident_registration_number_is_found(text):
    assert "주민등록번호" in personal_numbers(text)


@pytest.mark.parametrize(
    "text",
    [
        "1588-1234",
        "2025-03-03 09:00",
        "1,234,567,890원",
        "991301-1234567",
        "900101-9234567",
        "ISBN 978-89-374-6010-4",
        "사업비 3,010억 원에 12345명",
        "1980-1990년대와 2010-2020년대",
        "이십일세기에 들어 일이삼사 하고 세었다",
        "123456789012345678",
    ],
)
def test_other_numbers_are_not(text):
    assert personal_numbers(text) == []

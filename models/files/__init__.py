"""Files that people write: a company (TOML) and a deal (JSON)."""

from models.files.company import CompanyFile, GivenCommitment, read_company
from models.files.deal import read_deal
from models.files.reading import BadFile

__all__ = ["BadFile", "CompanyFile", "GivenCommitment", "read_company", "read_deal"]

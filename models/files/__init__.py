"""Files that people write: a company (TOML), a deal (JSON), weeks and commitments (CSV)."""

from models.files.capacity import CapacityFile, capacity_in
from models.files.company import (
    CompanyFile,
    GivenCommitment,
    GivenCustomer,
    company_in,
    read_company,
    read_company_text,
)
from models.files.deal import read_deal
from models.files.reading import BadFile
from models.files.sheet import BadRows

__all__ = [
    "BadFile",
    "BadRows",
    "CapacityFile",
    "CompanyFile",
    "GivenCommitment",
    "GivenCustomer",
    "capacity_in",
    "company_in",
    "read_company",
    "read_company_text",
    "read_deal",
]

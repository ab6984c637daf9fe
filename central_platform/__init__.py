"""The reference central platform: a second, independent implementation of the contract."""

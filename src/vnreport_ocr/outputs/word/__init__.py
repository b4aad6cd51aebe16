"""Word files as an official would have typed them (NĐ 30/2020/NĐ-CP): written here, drawn by any word processor."""

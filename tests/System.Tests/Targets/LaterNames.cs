// Stories that are still being written know the fixture by its old name.
global using LocalHostFixture = Isobar.Stories.StackFixture;

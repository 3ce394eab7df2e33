namespace Isobar.Tidy.Tests;

public sealed class RepositoryShape
{
    [Fact]
    public void The_solution_file_is_at_the_top() =>
        Assert.True(File.Exists(Path.Combine(Root(), "Isobar.slnx")));

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "global.json"))) directory = directory.Parent;
        return directory.FullName;
    }
}

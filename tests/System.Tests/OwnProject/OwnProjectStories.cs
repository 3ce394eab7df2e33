namespace Isobar.Stories.OwnProject;

/// <summary>Somebody else's project, which takes the host as a package.</summary>
public sealed class OwnProjectStories
{
    [Fact]
    public async Task A_project_outside_this_repository_tests_its_stack_with_the_packed_host()
    {
        using var project = new CopiedProject();
        await project.PackAsync();

        var (status, output) = await project.DotnetAsync("test", "--project", "tests/Orders.Tests");

        Assert.True(status == 0, output);
        Assert.Contains("succeeded: 2", output, StringComparison.Ordinal);
    }
}

namespace Isobar.Local.Tests.Deployment.Updates;

public sealed class RefusalTests
{
    private const string Template = """
        Resources:
          A: {Type: Test::Thing, Properties: {Name: mine, Key: 1, Frozen: 1}}
          F: {Type: Test::Fixed, Properties: {P: 1}}
        """;

    [Fact]
    public async Task A_type_that_cannot_change_is_refused_at_the_property()
    {
        var stack = await UpdatedStack.DeployAsync(Template);
        Assert.Equal(
            ["template.yaml:3: F: Test::Fixed can't be changed while the host is up; stop the host and start it again"],
            stack.Refusal(Template.Replace("P: 1", "P: 2", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_type_that_cannot_be_deleted_is_refused()
    {
        var stack = await UpdatedStack.DeployAsync(Template);
        Assert.Equal(
            ["template.yaml:3: F: Test::Fixed can't be deleted while the host is up; stop the host and start it again"],
            stack.Refusal("Resources:\n  A: {Type: Test::Thing, Properties: {Name: mine, Key: 1, Frozen: 1}}"));
    }

    [Fact]
    public async Task A_type_that_cannot_be_deleted_may_be_given_up_when_its_policy_retains_it()
    {
        var stack = await UpdatedStack.DeployAsync("""
            Resources:
              A: {Type: Test::Thing}
              F: {Type: Test::Fixed, DeletionPolicy: Retain}
            """);
        Assert.Null((await stack.UpdateAsync("Resources: {A: {Type: 'Test::Thing'}}")).Failure);
        Assert.Equal(2, stack.Things.Live.Count);
    }

    [Fact]
    public async Task A_resource_with_a_name_of_its_own_cannot_be_replaced_under_that_name()
    {
        var stack = await UpdatedStack.DeployAsync(Template);
        Assert.Equal(
            [
                "template.yaml:2: A: CloudFormation cannot update a stack when a custom-named resource requires "
                    + "replacing. Rename mine and update the stack again. (Key requires replacement.)",
            ],
            stack.Refusal(Template.Replace("Key: 1", "Key: 2", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_property_that_the_host_cannot_change_is_refused_with_its_reason()
    {
        var stack = await UpdatedStack.DeployAsync(Template);
        Assert.Equal(
            [
                "template.yaml:2: A: Frozen of Test::Thing can't be changed while the host is up: "
                    + "nothing here can change it",
            ],
            stack.Refusal(Template.Replace("Frozen: 1", "Frozen: 2", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_logical_id_cannot_get_another_type()
    {
        var stack = await UpdatedStack.DeployAsync(Template);
        Assert.Equal(
            [
                "template.yaml:2: F: Update of resource type is not permitted: Test::Fixed can't become Test::Thing. "
                    + "Give the new resource another logical id",
            ],
            stack.Refusal("""
                Resources:
                  F: {Type: Test::Thing}
                  A: {Type: Test::Thing, Properties: {Name: mine, Key: 1, Frozen: 1}}
                """));
    }

    [Fact]
    public async Task Every_reason_is_told_and_nothing_is_done()
    {
        var stack = await UpdatedStack.DeployAsync(Template);
        var errors = stack.Refusal("""
            Resources:
              A: {Type: Test::Thing, Properties: {Name: mine, Key: 1, Frozen: 3}}
              B: {Type: Test::Thing, Properties: {Of: !Select [7, [a]]}}
              F: {Type: Test::Fixed, Properties: {P: 3}}
            """);
        Assert.Equal(3, errors.Length);
        Assert.Empty(stack.Things.Calls);
        Assert.Equal("CREATE_COMPLETE", stack.Stack.Status);
    }

    [Fact]
    public async Task A_template_with_an_error_is_refused()
    {
        var stack = await UpdatedStack.DeployAsync(Template);
        Assert.Equal(
            ["template.yaml:1: A: Unresolved resource dependencies [Gone] in the Resources block of the template"],
            stack.Refusal("Resources: {A: {Type: Test::Thing, Properties: {P: !Ref Gone}}}"));
    }
}

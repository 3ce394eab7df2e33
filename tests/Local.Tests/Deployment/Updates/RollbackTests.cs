namespace Isobar.Local.Tests.Deployment.Updates;

public sealed class RollbackTests
{
    private const string Before = """
        Resources:
          A: {Type: Test::Thing, Properties: {P: 1}}
          B: {Type: Test::Thing, Properties: {Of: !Ref A}}
        """;

    private const string After = """
        Resources:
          A: {Type: Test::Thing, Properties: {P: 2}}
          N: {Type: Test::Thing, Properties: {Of: !Ref A}}
          B: {Type: Test::Thing, Properties: {Of: !Ref N}}
        """;

    [Fact]
    public async Task Changes_are_taken_back_before_what_was_made_is_deleted()
    {
        var stack = await UpdatedStack.DeployAsync(Before);
        stack.Things.Fails = call => call == "change B";
        var outcome = await stack.UpdateAsync(After);
        Assert.Equal("template.yaml:4: B: Test::Thing was not changed: change B failed", outcome.Failure!.Message);
        Assert.Equal(["change A", "create N", "change A back", "delete N"], stack.Things.Calls);
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", outcome.Stack.Status);
        Assert.Equal(outcome.Failure.Message, outcome.Stack.StatusReason);
        Assert.Equal(["A: P=1", "B: Of=\"<A>\""], stack.State());
    }

    [Fact]
    public async Task An_output_that_cannot_be_resolved_takes_the_update_back()
    {
        var stack = await UpdatedStack.DeployAsync(Before);
        var outcome = await stack.UpdateAsync(After + "\nOutputs: {Bad: {Value: !Select [3, !Split ['-', !Ref N]]}}");
        Assert.NotNull(outcome.Failure);
        Assert.Equal(["A: P=1", "B: Of=\"<A>\""], stack.State());
        Assert.Equal(2, stack.Things.Live.Count);
    }

    [Fact]
    public async Task What_a_rollback_cannot_take_back_is_told()
    {
        var stack = await UpdatedStack.DeployAsync(Before);
        stack.Things.Fails = call => call is "change B" or "change A back" or "delete N";
        var outcome = await stack.UpdateAsync(After);
        Assert.Equal("UPDATE_ROLLBACK_FAILED", outcome.Stack.Status);
        var ids = stack.Stack.Resources.Select(resource => resource.PhysicalId).ToArray();
        Assert.Contains($"A ({ids[0]}) is as the update left it", outcome.Stack.StatusReason, StringComparison.Ordinal);
        Assert.Contains("delete N failed", outcome.Stack.StatusReason, StringComparison.Ordinal);
        Assert.Equal(["A: P=2", "B: Of=\"<A>\""], stack.State());
    }

    [Fact]
    public async Task What_was_made_with_the_policy_Retain_stays_and_RetainExceptOnCreate_does_not()
    {
        var stack = await UpdatedStack.DeployAsync(Before);
        stack.Things.Fails = call => call == "change B";
        await stack.UpdateAsync("""
            Resources:
              A: {Type: Test::Thing, Properties: {P: 1}}
              N: {Type: Test::Thing, DeletionPolicy: Retain}
              M: {Type: Test::Thing, DeletionPolicy: RetainExceptOnCreate}
              B: {Type: Test::Thing, Properties: {Of: !Sub '${N} ${M}'}}
            """);
        Assert.Equal(["create N", "create M", "delete M"], stack.Things.Calls);
        Assert.Equal(3, stack.Things.Live.Count);
    }

    [Fact]
    public async Task An_update_after_a_rollback_works_as_on_any_stack()
    {
        var stack = await UpdatedStack.DeployAsync(Before);
        stack.Things.Fails = call => call == "change B";
        await stack.UpdateAsync(After);
        stack.Things.Fails = _ => false;
        var outcome = await stack.UpdateAsync(After);
        Assert.Equal("UPDATE_COMPLETE", outcome.Stack.Status);
        Assert.Null(outcome.Stack.StatusReason);
        Assert.Equal(["A: P=2", "N: Of=\"<A>\"", "B: Of=\"<N>\""], stack.State());
    }

    [Fact]
    public async Task A_policy_that_CloudFormation_does_not_know_is_an_error()
    {
        Assert.Equal(
            ["template.yaml:1: A: DeletionPolicy must be one of Delete, Retain, RetainExceptOnCreate, not Snapshot"],
            await Deploy.Errors("Resources: {A: {Type: 'Test::Thing', DeletionPolicy: Snapshot}}"));
    }
}

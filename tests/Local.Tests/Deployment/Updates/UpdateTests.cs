using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;

namespace Isobar.Local.Tests.Deployment.Updates;

public sealed class UpdateTests
{
    private const string Two = """
        Resources:
          A: {Type: Test::Thing, Properties: {P: 1}}
          B: {Type: Test::Thing, Properties: {Of: !GetAtt A.Arn}}
        """;

    [Fact]
    public async Task An_update_adds_changes_and_then_removes()
    {
        var stack = await UpdatedStack.DeployAsync(Two);
        var outcome = await stack.UpdateAsync("""
            Resources:
              C: {Type: Test::Thing, Properties: {Of: !Ref A}}
              A: {Type: Test::Thing, Properties: {P: 2}}
            """);
        Assert.Null(outcome.Failure);
        Assert.Equal(["change A", "create C", "delete B"], stack.Things.Calls);
        Assert.Equal("UPDATE_COMPLETE", stack.Stack.Status);
        Assert.Equal(Deploy.Created.AddHours(1), stack.Stack.LastUpdatedTime);
        Assert.Equal(["A", "C"], stack.Stack.Resources.Select(resource => resource.LogicalId));
        Assert.Equal(2, stack.Things.Live.Count);
    }

    [Fact]
    public async Task What_says_the_same_is_not_touched()
    {
        var stack = await UpdatedStack.DeployAsync(Two);
        var same = Two.Replace("P: 1", "P: '1'", StringComparison.Ordinal);
        var plan = stack.Plan(same);
        Assert.Empty(plan.Changes);
        Assert.False(plan.Changed);
        await stack.UpdateAsync(same);
        Assert.Empty(stack.Things.Calls);
    }

    [Fact]
    public async Task A_change_of_an_output_alone_is_a_change()
    {
        var stack = await UpdatedStack.DeployAsync(Two);
        var plan = stack.Plan(Two + "\nOutputs: {Name: {Value: !Ref A}}");
        Assert.Empty(plan.Changes);
        Assert.True(plan.Changed);
        await stack.UpdateAsync(Two + "\nOutputs: {Name: {Value: !Ref A}}");
        Assert.Equal("Name", Assert.Single(stack.Stack.Outputs).Key);
    }

    [Fact]
    public async Task A_replacement_is_made_first_then_what_refers_to_it_changes_then_the_old_one_goes()
    {
        var stack = await UpdatedStack.DeployAsync(Two);
        var before = stack.Stack.Resources[0].PhysicalId;
        var template = Two.Replace("P: 1", "P: 1, Key: k", StringComparison.Ordinal);
        Assert.Equal(
            [("A", Replacement.True), ("B", Replacement.False)],
            stack.Plan(template).Changes.Select(change => (change.LogicalId, change.Replacement!.Value)));
        await stack.UpdateAsync(template);
        Assert.Equal(["create A", "change B", "delete A"], stack.Things.Calls);
        Assert.NotEqual(before, stack.Stack.Resources[0].PhysicalId);
        Assert.Equal($"Of=\"arn:{stack.Stack.Resources[0].PhysicalId}\"",
            stack.Things.Live[stack.Stack.Resources[1].PhysicalId]);
    }

    [Fact]
    public async Task A_replacement_that_depends_on_a_value_which_is_not_known_yet_is_conditional()
    {
        var stack = await UpdatedStack.DeployAsync("""
            Resources:
              A: {Type: Test::Thing, Properties: {Key: 1}}
              B: {Type: Test::Thing, Properties: {Key: !Select [1, !Split [':', !GetAtt A.Arn]]}}
            """);
        var plan = stack.Plan("""
            Resources:
              A: {Type: Test::Thing, Properties: {Key: 2}}
              B: {Type: Test::Thing, Properties: {Key: !Select [1, !Split [':', !GetAtt A.Arn]]}}
            """);
        Assert.Equal(
            [("A", Replacement.True), ("B", Replacement.Conditional)],
            plan.Changes.Select(change => (change.LogicalId, change.Replacement!.Value)));
    }

    [Fact]
    public async Task A_resource_that_is_removed_and_added_again_gets_another_name()
    {
        var stack = await UpdatedStack.DeployAsync(Two);
        var before = stack.Stack.Resources[1].PhysicalId;
        await stack.UpdateAsync("Resources: {A: {Type: 'Test::Thing', Properties: {P: 1}}}");
        await stack.UpdateAsync(Two);
        Assert.NotEqual(before, stack.Stack.Resources[1].PhysicalId);
    }

    [Fact]
    public async Task Policies_keep_what_is_removed_or_replaced()
    {
        var stack = await UpdatedStack.DeployAsync("""
            Resources:
              A: {Type: Test::Thing, DeletionPolicy: Retain}
              B: {Type: Test::Thing, UpdateReplacePolicy: Retain, Properties: {Key: 1}}
            """);
        await stack.UpdateAsync("Resources: {B: {Type: 'Test::Thing', Properties: {Key: 2}}}");
        Assert.Equal(["create B"], stack.Things.Calls);
        Assert.Equal(3, stack.Things.Live.Count);
        Assert.Equal(2, stack.Events.Count(happened => happened.Status == "DELETE_SKIPPED"));
    }

    [Fact]
    public async Task A_parameter_without_a_new_value_keeps_the_one_it_has()
    {
        const string Template = """
            Parameters: {P: {Type: String, Default: a}}
            Resources: {A: {Type: Test::Thing, Properties: {P: !Ref P}}}
            """;
        var stack = await UpdatedStack.DeployAsync(Template, ParameterProfile.Empty.With(["P=b"], "test"));
        Assert.False(stack.Plan(Template).Changed);
        await stack.UpdateAsync(Template, ParameterProfile.Empty.With(["P=c"], "test"));
        Assert.Equal("c", stack.Stack.Parameters["P"]);
        Assert.Equal(["P=\"c\""], stack.Things.Live.Values);
    }

    [Fact]
    public async Task What_cannot_be_deleted_stays_and_the_update_is_complete()
    {
        var stack = await UpdatedStack.DeployAsync(Two);
        stack.Things.Fails = call => call == "delete B";
        var outcome = await stack.UpdateAsync("Resources: {A: {Type: 'Test::Thing', Properties: {P: 2}}}");
        Assert.Null(outcome.Failure);
        Assert.Equal("UPDATE_COMPLETE", outcome.Stack.Status);
        Assert.Contains("delete B failed", outcome.Stack.StatusReason, StringComparison.Ordinal);
        Assert.Equal(2, stack.Things.Live.Count);
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5)]
    [InlineData(6), InlineData(7), InlineData(8), InlineData(9), InlineData(10)]
    public async Task After_random_updates_the_state_is_that_of_a_new_stack(int seed)
    {
        var random = new RandomTemplates(new Random(seed));
        var stack = await UpdatedStack.DeployAsync(random.Next());
        for (var i = 0; i < 20; i++)
        {
            var template = random.Next();
            var outcome = await stack.UpdateAsync(template);
            Assert.True(outcome.Failure is null, $"seed {seed}, update {i}: {outcome.Failure?.Message}\n{template}");
            var fresh = await UpdatedStack.DeployAsync(template);
            Assert.Equal(fresh.State(), stack.State());
            Assert.Equal(fresh.Things.Live.Count, stack.Things.Live.Count);
        }
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5)]
    [InlineData(6), InlineData(7), InlineData(8), InlineData(9), InlineData(10)]
    public async Task An_update_that_fails_at_any_step_leaves_the_state_from_before(int seed)
    {
        var dice = new Random(seed);
        var random = new RandomTemplates(dice);
        var stack = await UpdatedStack.DeployAsync(random.Next());
        for (var i = 0; i < 20; i++)
        {
            var (before, names) = (stack.State().ToList(), stack.Things.Live.Keys.ToList());
            var failing = dice.Next(6);
            var calls = 0;
            stack.Things.Fails = call => !call.StartsWith("delete", StringComparison.Ordinal)
                && !call.EndsWith("back", StringComparison.Ordinal) && calls++ == failing;
            var outcome = await stack.UpdateAsync(random.Next());
            stack.Things.Fails = _ => false;
            if (outcome.Failure is null) continue;
            Assert.Equal("UPDATE_ROLLBACK_COMPLETE", outcome.Stack.Status);
            Assert.Equal(before, stack.State());
            Assert.Equal(names, stack.Things.Live.Keys);
        }
    }
}

using Isobar.Local.Deployment;

namespace Isobar.Local.Tests.Deployment;

public sealed class Resources
{
    [Fact]
    public async Task Resources_are_created_after_what_they_need_otherwise_in_template_order()
    {
        var provider = new RecordingProvider();
        await Deploy.Template(
            """
            Resources:
              A: {Type: Test::Thing, Properties: {P: !Sub '${D.Arn}'}}
              B: {Type: Test::Thing, DependsOn: [C]}
              C: {Type: Test::Thing}
              D: {Type: Test::Thing, Properties: {P: [{Deep: !Ref E}]}}
              E: {Type: Test::Thing}
            """, provider);
        Assert.Equal(["E", "D", "A", "C", "B"], provider.Created);
    }

    [Fact]
    public async Task A_cycle_is_reported_with_its_path_before_anything_is_created()
    {
        var provider = new RecordingProvider();
        var errors = await Deploy.Errors(
            """
            Resources:
              Free: {Type: Test::Thing}
              A: {Type: Test::Thing, Properties: {P: !GetAtt B.Arn}}
              B: {Type: Test::Thing, DependsOn: C}
              C: {Type: Test::Thing, Properties: {P: !Sub 'x${A}'}}
            """, provider);
        Assert.Equal(
            ["template.yaml:3: A: Circular dependency between resources: [A, B, C] (A → B → C → A)"], errors);
        Assert.Empty(provider.Created);
    }

    [Fact]
    public async Task A_resource_that_needs_itself_is_a_cycle() =>
        Assert.Equal(
            ["template.yaml:1: A: Circular dependency between resources: [A] (A → A)"],
            await Deploy.Errors("Resources: {A: {Type: 'Test::Thing', Properties: {P: !Ref A}}}"));

    [Fact]
    public async Task An_unknown_type_names_the_types_supported()
    {
        var errors = await Deploy.Errors(
            """
            Resources:
              Good: {Type: Test::Thing}
              Net: {Type: AWS::EC2::VPC}
              Key: {Type: AWS::KMS::Key}
            """);
        Assert.Equal(2, errors.Length);
        Assert.StartsWith(
            "template.yaml:3: Net: resource type AWS::EC2::VPC is not supported; supported are AWS::",
            errors[0]);
        Assert.Contains(", Test::Thing", errors[0]);
        Assert.StartsWith("template.yaml:4: Key: resource type AWS::KMS::Key is not supported", errors[1]);
    }

    [Fact]
    public async Task A_resource_whose_condition_is_false_is_not_created_and_DependsOn_it_counts_for_nothing()
    {
        var provider = new RecordingProvider();
        var stack = await Deploy.Template(
            """
            Conditions: {Never: !Equals [a, b]}
            Resources:
              Gone: {Type: Test::Thing, Condition: Never}
              Kept:
                Type: Test::Thing
                DependsOn: Gone
                Properties: {P: !If [Never, !Ref Gone, none]}
            Outputs:
              Hidden: {Condition: Never, Value: !Ref Gone}
              Shown: {Value: !If [Never, !Ref Gone, x], Description: why, Export: {Name: !Sub '${AWS::StackName}-x'}}
            """, provider);
        Assert.Equal(["Kept"], provider.Created);
        Assert.Equal([new StackOutput("Shown", "x", "why", "isobar-x")], stack.Outputs);
    }

    [Fact]
    public async Task Ref_to_a_resource_whose_condition_is_false_is_an_error()
    {
        var errors = await Deploy.Errors(
            """
            Conditions: {Never: !Equals [a, b]}
            Resources:
              Gone: {Type: Test::Thing, Condition: Never}
              Kept:
                Type: Test::Thing
                Properties: {P: !Ref Gone}
            """);
        Assert.Equal(
            ["template.yaml:6: Kept: Unresolved resource dependencies [Gone] in the Resources block of the template"],
            errors);
    }

    [Fact]
    public async Task A_name_in_a_branch_that_is_not_taken_must_exist_too()
    {
        var errors = await Deploy.Errors(
            """
            Conditions: {Never: !Equals [a, b]}
            Resources:
              Kept: {Type: Test::Thing, Properties: {P: !If [Never, !Ref Nobody, none]}}
            """);
        Assert.Equal(
            ["template.yaml:3: Kept: Unresolved resource dependencies [Nobody] in the Resources block of the "
                + "template"],
            errors);
    }

    [Fact]
    public async Task Errors_of_independent_resources_are_all_reported_and_dependent_ones_are_not_tried()
    {
        var provider = new RecordingProvider { Read = properties => properties.RequiredString("Name") };
        var errors = await Deploy.Errors(
            """
            Resources:
              A: {Type: Test::Thing}
              B: {Type: Test::Thing, Properties: {Name: b}}
              C: {Type: Test::Thing, DependsOn: A, Properties: {Nme: c}}
              D: {Type: Test::Thing, Properties: {Name: d, Extra: 1}}
            """, provider);
        Assert.Equal(
            [
                "template.yaml:2: A: property Name is required",
                "template.yaml:5: D: property Extra of Test::Thing is not supported; supported are Name",
            ],
            errors);
    }

    [Fact]
    public async Task A_refusal_of_the_service_is_reported_at_the_resource_with_its_cause()
    {
        var refusal = new InvalidOperationException("The specified bucket is not valid.");
        var provider = new RecordingProvider { Read = _ => throw refusal };
        var exception = await Assert.ThrowsAsync<DeploymentException>(
            () => Deploy.Template("Resources:\n  A: {Type: Test::Thing}", provider));
        Assert.Equal(
            "template.yaml:2: A: Test::Thing was refused: The specified bucket is not valid.", exception.Message);
        Assert.Same(refusal, exception.InnerException);
    }

    [Fact]
    public async Task A_stack_carries_its_identity_description_and_creation_time()
    {
        var stack = await Deploy.Template("Description: why\nResources: {A: {Type: 'Test::Thing'}}");
        Assert.Equal((Deploy.Stack, "why", Deploy.Created), (stack.Identity, stack.Description, stack.CreationTime));
    }
}

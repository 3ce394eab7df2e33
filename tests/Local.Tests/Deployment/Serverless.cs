namespace Isobar.Local.Tests.Deployment;

public sealed class Serverless
{
    private const string Transform = "Transform: AWS::Serverless-2016-10-31\n";

    private static readonly string[] Types =
    [
        "AWS::Lambda::Function", "AWS::Lambda::EventSourceMapping", "AWS::S3::Bucket", "AWS::SQS::Queue",
        "AWS::SNS::Subscription", "AWS::Events::Rule", "AWS::Lambda::EventInvokeConfig",
    ];

    [Fact]
    public async Task A_function_with_a_bucket_event_deploys_in_the_order_permission_then_bucket()
    {
        var provider = new RecordingProvider(Types);
        var stack = await Deploy.Template(
            Transform +
            """
            Resources:
              Bucket: {Type: AWS::S3::Bucket, Properties: {BucketName: landing}}
              Intake:
                Type: AWS::Serverless::Function
                Properties:
                  CodeUri: functions/Intake
                  Handler: Intake
                  Runtime: dotnet10
                  Events: {Upload: {Type: S3, Properties: {Bucket: !Ref Bucket, Events: 's3:ObjectCreated:*'}}}
            """, provider);
        Assert.Equal(
            ["IntakeRole", "Intake", "IntakeUploadPermission", "Bucket"],
            stack.Resources.Select(resource => resource.LogicalId));
    }

    [Theory]
    [InlineData("DeploymentPreference: {Hooks: {}}", "'DeploymentPreference' is missing required Property 'Type'")]
    [InlineData("DeploymentPreference: {Type: AllAtOnce}",
        "'DeploymentPreference' requires AutoPublishAlias property to be specified.")]
    [InlineData("DeploymentPreference: {Type: AllAtOnce, Hooks: []}", "Hooks must be a map, not a list")]
    [InlineData("DeploymentPreference: {Type: AllAtOnce, Alarm: a}",
        "Alarm is not supported; supported are Type, Alarms, Hooks, Enabled, Role, TriggerConfigurations, "
        + "PassthroughCondition")]
    [InlineData("AutoPublishAlias: live, DeploymentPreference: {Type: AllAtOnce, Alarms: a}", "Alarms must be a list")]
    [InlineData("AutoPublishAlias: live, DeploymentPreference: {Type: AllAtOnce, PassthroughCondition: perhaps}",
        "Invalid value for property PassthroughCondition.")]
    public async Task A_deployment_preference_that_SAM_can_not_read_is_refused(string setting, string reason)
    {
        var errors = await Deploy.Errors(
            Transform + $$"""
            Resources:
              Reader:
                Type: AWS::Serverless::Function
                Properties: {CodeUri: functions/Reader, Handler: Reader, Runtime: dotnet10, {{setting}}}
            """, new RecordingProvider([.. Types, "AWS::Lambda::Version", "AWS::Lambda::Alias"]));

        Assert.Contains(errors, error => error.EndsWith(reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_preference_that_a_function_other_than_a_parameter_enables_is_always_on_as_in_SAM()
    {
        var stack = await Deploy.Template(
            Transform +
            """
            Conditions: {Never: !Equals [a, b]}
            Resources:
              Reader:
                Type: AWS::Serverless::Function
                Properties:
                  CodeUri: functions/Reader
                  Handler: Reader
                  Runtime: dotnet10
                  AutoPublishAlias: live
                  DeploymentPreference: {Type: AllAtOnce, Enabled: !If [Never, true, false]}
            """, new RecordingProvider(
                "AWS::Lambda::Function", "AWS::Lambda::Version", "AWS::Lambda::Alias",
                "AWS::CodeDeploy::Application", "AWS::CodeDeploy::DeploymentGroup")
            {
                ReadDeclaration = each => each.UpdatePolicy?.OptionalJson("CodeDeployLambdaAliasUpdate"),
            });

        Assert.Contains("ReaderDeploymentGroup", stack.Resources.Select(resource => resource.LogicalId));
        Assert.Contains(stack.Inert, setting => setting.Property == "DeploymentPreference.Enabled");
    }

    [Fact]
    public async Task A_bucket_that_the_function_names_by_Ref_is_a_cycle()
    {
        var errors = await Deploy.Errors(
            Function("Events: {Up: {Type: S3, Properties: {Bucket: !Ref Bucket, Events: 's3:ObjectCreated:*'}}}",
                "Environment: {Variables: {BUCKET: !Ref Bucket}}"),
            new RecordingProvider(Types));
        Assert.Contains("Circular dependency between resources: [", Assert.Single(errors));
    }

    [Theory]
    [InlineData("Bucket: !Ref Elsewhere")]
    [InlineData("Bucket: elsewhere")]
    [InlineData("Bucket: !Ref Queue")]
    [InlineData("Bucket: !GetAtt Bucket.Arn")]
    public async Task An_event_of_a_foreign_bucket_is_refused_as_SAM_does(string bucket)
    {
        var errors = await Deploy.Errors(
            Function($"Events: {{Up: {{Type: S3, Properties: {{{bucket}, Events: 's3:ObjectCreated:*'}}}}}}"),
            new RecordingProvider(Types));
        Assert.Equal(
            ["template.yaml:10: Fn: Event Up: S3 events must reference an S3 bucket in the same template."], errors);
    }

    [Theory]
    [InlineData("Policies: [{S3ReadPolicy: {Bucket: x, BucketName: y}}]",
        "policy template 'S3ReadPolicy' has no parameter Bucket; supported is BucketName")]
    [InlineData("Policies: [{S3ReadPolicy: {}}]",
        "Following required parameters of template 'S3ReadPolicy' don't have values: ['BucketName']")]
    [InlineData("Policies: [{SQSPollerPolicy: q}]",
        "Must specify valid parameter values for policy template 'SQSPollerPolicy'")]
    [InlineData("Policies: [{FirehoseCrudPolicy: {DeliveryStreamName: s}}]",
        "Policy at index 0 in the 'Policies' property is not valid; policy templates supported are Dynamo")]
    [InlineData("Policies: [!If [C, AWSLambdaExecute, {S3ReadPolicy: {BucketName: b}}]]",
        "Different policy types within the same Fn::If statement is unsupported")]
    [InlineData("AutoPublishAlias: [live]", "AutoPublishAlias must be a name")]
    [InlineData("EventInvokeConfig: {MaximumRetries: 1}", "MaximumRetries is not supported; supported are Maximum")]
    [InlineData("EventInvokeConfig: {DestinationConfig: {OnFailure: {Type: Kinesis, Destination: x}}}",
        "'Type: Kinesis' must be one of ['SQS', 'SNS', 'EventBridge', 'Lambda', 'S3Bucket']")]
    [InlineData("EventInvokeConfig: {DestinationConfig: {OnFailure: {Destination: x}}}", "'Type: None' must be one of")]
    [InlineData("EventInvokeConfig: {DestinationConfig: {OnSuccess: {Type: Lambda}}}",
        "Destination is required if Type is not ['SQS', 'SNS']")]
    [InlineData("EventInvokeConfig: {DestinationConfig: {OnFailure: {Type: SQS, "
            + "Destination: !If [C, q, !Ref 'AWS::NoValue']}}}",
        "OnFailure: a Destination that is AWS::NoValue on a condition is not supported")]
    [InlineData("PackageType: Image",
        "Runtime, Handler, Layers cannot be present when PackageType is of type `Image`")]
    [InlineData("PackageType: Tar", "PackageType needs to be `Zip` or `Image`")]
    [InlineData("ImageUri: x", "ImageUri or ImageConfig cannot be present when PackageType is of type `Zip`")]
    [InlineData("Events: {E: {Type: MSK, Properties: {Stream: s}}}",
        "Event E: event type MSK is not supported; supported are Api, DynamoDB, EventBridgeRule, Kinesis, S3, SNS, "
        + "SQS, Schedule")]
    [InlineData("Events: {E: {Type: SNS, Properties: {}}}", "Event E: an SNS event must have a Topic")]
    [InlineData("Events: {E: {Type: SNS, Properties: {Topic: t, SqsSubscription: true}}}",
        "SqsSubscription is not supported; supported are Topic, FilterPolicy, FilterPolicyScope, RedrivePolicy")]
    [InlineData("Events: {E: {Type: Schedule, Properties: {}}}", "Event E: a Schedule event must have a Schedule")]
    [InlineData("Events: {E: {Type: Schedule, Properties: {Schedule: rate(1 day), Enabled: perhaps}}}",
        "Event E: Enabled must be true or false")]
    [InlineData("Events: {E: {Type: Schedule, Properties: {Schedule: rate(1 day), Enabled: true, State: ENABLED}}}",
        "Event E: Enabled and State can't both be given")]
    [InlineData("Events: {E: {Type: EventBridgeRule, Properties: {}}}",
        "Event E: an EventBridgeRule event must have a Pattern")]
    [InlineData("Events: {E: {Type: EventBridgeRule, Properties: {Pattern: {}, DeadLetterConfig: {Type: SQS}}}}",
        "Type is not supported; supported are Arn")]
    [InlineData("Events: {E: {Type: SQS, Properties: {Queue: q, BatchSiz: 2}}}",
        "BatchSiz is not supported; supported are Queue, BatchSize")]
    [InlineData("Events: {E: {Type: SQS, Properties: {BatchSize: 2}}}", "Event E: an SQS event must have a Queue")]
    [InlineData("Events: {E: {Type: S3, Properties: {Bucket: !Ref Bucket}}}", "Event E: an S3 event must have Events")]
    [InlineData("DeadLetterQueue: {TargetArn: q}", "'DeadLetterQueue' requires Type (SNS or SQS) and TargetArn")]
    [InlineData("Role: !If [C, a, b]", "Role by Fn::If is not supported")]
    public async Task A_property_that_can_not_be_expanded_is_an_error_at_its_line(string property, string message)
    {
        var error = Assert.Single(await Deploy.Errors(Function(property), new RecordingProvider(Types)));
        Assert.StartsWith("template.yaml:10: Fn: ", error);
        Assert.Contains(message, error);
    }

    [Fact]
    public async Task A_setting_that_the_function_provider_does_not_read_is_an_error_where_it_was_written()
    {
        var provider = new RecordingProvider(Types)
        {
            Read = properties =>
            {
                foreach (var name in properties.Names.Except(["KmsKeyArn"]).ToList()) properties.OptionalJson(name);
            },
        };
        var errors = await Deploy.Errors(Function("KmsKeyArn: key"), provider);
        Assert.StartsWith(
            "template.yaml:10: Fn: property KmsKeyArn of AWS::Lambda::Function is not supported",
            Assert.Single(errors));
    }

    [Fact]
    public async Task Missing_handler_and_code_and_another_build_method_are_errors()
    {
        var errors = await Deploy.Errors(
            Transform +
            """
            Resources:
              Fn:
                Type: AWS::Serverless::Function
                Metadata: {BuildMethod: esbuild}
                Properties: {Runtime: dotnet10, CodeUri: s3://bucket/key}
            """, new RecordingProvider(Types));
        Assert.Equal(
            [
                "template.yaml:3: Fn: Runtime and Handler needs to be present when PackageType is of type `Zip`",
                "template.yaml:5: Fn: Metadata BuildMethod must be makefile or a .NET one",
                "template.yaml:6: Fn: CodeUri must be a path relative to the template",
            ],
            errors);
    }

    [Theory]
    [InlineData("{HttpApi: {Cors: x}}", "Globals: HttpApi is not supported; supported are Function, Api")]
    [InlineData("{Function: {Policies: [x]}}", "Globals: Policies is not supported; supported are Handler, Runtime")]
    [InlineData("{Function: {Timeot: 3}}", "Globals: Timeot is not supported; supported are Handler, Runtime")]
    public async Task Globals_hold_only_what_SAM_and_we_support(string globals, string message)
    {
        var errors = await Deploy.Errors(
            $"{Transform}Globals: {globals}\nResources: {{Bucket: {{Type: 'AWS::S3::Bucket'}}}}",
            new RecordingProvider(Types));
        Assert.StartsWith($"template.yaml:2: {message}", Assert.Single(errors));
    }

    [Fact]
    public async Task A_logical_id_that_SAM_would_generate_must_be_free()
    {
        var template = Function("Description: x") + "\n  FnRole: {Type: AWS::SQS::Queue}";
        var errors = await Deploy.Errors(template, new RecordingProvider(Types));
        Assert.Equal(
            ["template.yaml:5: FnRole: Transforming generates this logical id, which the template already uses"],
            errors);
    }

    [Fact]
    public async Task Policies_beside_a_Role_are_listed_as_changing_nothing()
    {
        var stack = await Deploy.Template(Function("Role: arn", "Policies: [x]"), new RecordingProvider(Types));
        Assert.DoesNotContain(stack.Resources, resource => resource.Type == "AWS::IAM::Role");
        Assert.Equal("Policies", Assert.Single(stack.Inert).Property);
    }

    /// <summary>A function whose first extra property is on line 10.</summary>
    private static string Function(params string[] properties) =>
        Transform
        + "Conditions: {C: !Equals [a, a]}\n"
        + "Resources:\n"
        + "  Bucket: {Type: AWS::S3::Bucket}\n"
        + "  Fn:\n"
        + "    Type: AWS::Serverless::Function\n"
        + "    Properties:\n"
        + "      Runtime: dotnet10\n"
        + "      Handler: Fn\n"
        + string.Join('\n', [.. properties.Select(property => "      " + property), "      CodeUri: functions/Fn"])
        + "\n  Queue: {Type: AWS::SQS::Queue}";
}

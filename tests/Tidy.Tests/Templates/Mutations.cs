using System.Text.Json.Nodes;
using static Isobar.Tidy.Tests.Templates.Mutation;

namespace Isobar.Tidy.Tests.Templates;

/// <summary>
/// What is broken to prove the checks: in our own template, and in forms.yaml where it has no such thing yet.
/// </summary>
internal static class Mutations
{
    private const string Intake = "Resources/IntakeFunction/Properties";
    private const string Transform = "Resources/TransformFunction/Properties";
    private const string Finalize = "Resources/FinalizeFunction/Properties";
    private const string Landing = "Resources/LandingBucket/Properties";
    private const string Worker = "Resources/WorkerFunction/Properties";
    private const string Reader = "Resources/ReaderFunction/Properties";
    private const string Statement = $"{Intake}/Policies/0/Statement/0";

    private static readonly Profile Reserving = new("reserving", "us-east-1", new Dictionary<string, string>
    {
        ["TransformReservedConcurrency"] = "3",
        ["TransformMaximumConcurrency"] = "4",
    });

    // Not the defaults, which must not cost money.
    private static readonly Profile Paying = new("paying", "us-east-1", new Dictionary<string, string>());

    public static TheoryData<string> Names => [.. All.Select(mutation => mutation.Name)];

    public static IReadOnlyList<Mutation> All { get; } =
    [
        .. Properties(), .. Mappings(), .. Failures(), .. Functions(), .. Scaling(), .. Storage(), .. Policies(),
        .. Money(), .. EdgeMutations.All,
    ];

    private static IEnumerable<Mutation> Properties() =>
    [
        InForms("a retry limit spelled wrongly", "SamReadsEveryProperty",
            "ReaderFunction.EventInvokeConfig.MaxRetryAttempts: is no property that SAM reads",
            Set($"{Reader}/EventInvokeConfig/MaxRetryAttempts", 1)),
        Ours("a property of an S3 event that is another's", "SamReadsEveryProperty",
            "IntakeFunction.Events.Landed.Properties.Prefix: is no property that SAM reads",
            Set($"{Intake}/Events/Landed/Properties/Prefix", "csv/")),
        Ours("an event of a type that is not", "SamReadsEveryProperty",
            "IntakeFunction.Events.Landed.Type: 'S4' is no type that SAM knows here",
            Set($"{Intake}/Events/Landed/Type", "S4")),
        Ours("a global spelled wrongly", "SamReadsEveryProperty",
            "Globals.Function.Memory: is no property that SAM reads", Set("Globals/Function/Memory", 512)),
        Ours("an API that keeps its first parameters", "ParametersReachTheApi",
            "Api: another value of SiteOrigin would not reach its stage",
            Remove("Resources/Api/Properties/AlwaysDeploy")),
        Ours("a parameter that takes what the template would refuse", "ParametersKeepTheirPattern",
            "TokenKeysParameter: takes values that TokenPublicKeys, its first one, would not",
            Remove("Resources/TokenKeysParameter/Properties/AllowedPattern")),
        Ours("a parameter with another pattern than its first value's", "ParametersKeepTheirPattern",
            "TokenKeysParameter: takes values that TokenPublicKeys, its first one, would not",
            Set("Resources/TokenKeysParameter/Properties/AllowedPattern", ".*")),
        InForms("a filter pattern that is no JSON", "PatternsAndInputsAreJson",
            "WorkerFunction.Work: '{body: [1]}' is not JSON",
            Set($"{Worker}/Events/Work/Properties/FilterCriteria/Filters/0/Pattern", "{body: [1]}")),
        InForms("a schedule's input that is no JSON", "PatternsAndInputsAreJson",
            "WorkerFunction.Nightly: 'nightly' is not JSON",
            Set($"{Worker}/Events/Nightly/Properties/Input", "nightly")),
        InForms("a rule's constant text that is no JSON", "PatternsAndInputsAreJson", "Rule: '{' is not JSON",
            Set("Resources/Rule/Properties/Targets/0/Input", "{")),
    ];

    private static IEnumerable<Mutation> Mappings() =>
    [
        Ours("a batch of 11 without a window", "QueueMappingsFitTheirQueues",
            "TransformFunction.Chunks: a batch of 11 needs a batching window",
            Set($"{Transform}/Events/Chunks/Properties/BatchSize", 11)),
        Ours("a queue that hides messages for less than six timeouts", "QueueMappingsFitTheirQueues",
            "ChunksQueue: hides a message for 719 s; TransformFunction needs 720 s",
            Set("Resources/ChunksQueue/Properties/VisibilityTimeout", 719)),
        Ours("mappings that leave a new account too little", "MappingsFitANewAccount",
            "the mappings: use 8 of a new account's 10 executions, of 7",
            Set($"{Finalize}/Events/Finished/Properties/ParallelizationFactor", 2)),
        InForms("a queue that forgets the batching window", "QueueMappingsFitTheirQueues",
            "Work: hides a message for 180 s; WorkerFunction needs 185 s",
            Set("Resources/Work/Properties/VisibilityTimeout", 180)),
        Ours("more concurrency than is reserved", "QueueMappingsFitTheirQueues",
            "TransformFunction: reserves 3 of the 4 invocations that its mappings may make", _ => { }, Reserving),
    ];

    private static IEnumerable<Mutation> Failures() =>
    [
        Ours("a stream that loses the records that fail", "FailuresAreKept",
            "FinalizeFunction.Finished: loses the records that it fails on, or never gives up",
            Remove($"{Finalize}/Events/Finished/Properties/DestinationConfig")),
        Ours("a stream that a bad record blocks for a day", "FailuresAreKept",
            "FinalizeFunction.Finished: loses the records that it fails on, or never gives up",
            Remove($"{Finalize}/Events/Finished/Properties/MaximumRetryAttempts")),
        Ours("a subscription that drops messages", "FailuresAreKept",
            "AuditSubscription: loses what the topic cannot deliver",
            Remove("Resources/AuditSubscription/Properties/RedrivePolicy")),
        Ours("a rule that drops events", "FailuresAreKept",
            "NotifyFunction.Imported: loses what the rule cannot deliver",
            Remove("Resources/NotifyFunction/Properties/Events/Imported/Properties/DeadLetterConfig")),
        Ours("a function of a rule without a destination", "FailuresAreKept",
            "NotifyFunction: loses the events that it fails on",
            Remove("Resources/NotifyFunction/Properties/EventInvokeConfig")),
        Ours("a destination that fails without one", "FailuresAreKept",
            "RemediateFunction: loses the events that it fails on",
            Remove("Resources/RemediateFunction/Properties/EventInvokeConfig")),
        Ours("poison that stays for 14 days", "FailuresAreKept",
            "ChunksDeadLetterQueue: gives DeadLettersFunction a message that it fails on until the message expires",
            Remove("Resources/ChunksDeadLetterQueue/Properties/RedrivePolicy")),
    ];

    private static IEnumerable<Mutation> Functions() =>
    [
        InForms("subnets alone", "SubnetsComeWithSecurityGroups", "ReaderFunction: subnets without security groups",
            Remove($"{Reader}/VpcConfig/SecurityGroupIds")),
        InForms("a canary that CodeDeploy does not have", "DeploymentPreferencesExist",
            "ReaderFunction: 'Canary10Percent5Minute' is no deployment preference",
            Set($"{Reader}/DeploymentPreference/Type", "Canary10Percent5Minute")),
        Ours("a .NET handler with dots for colons", "DotNetHandlersHaveTheirShape",
            "IntakeFunction: 'Intake:Function.Handle' is no .NET handler",
            Set($"{Intake}/Handler", "Intake:Function.Handle")),
        InForms("a handler without its method", "DotNetHandlersHaveTheirShape",
            "WorkerFunction: 'Worker::Worker.Function' is no .NET handler",
            Set($"{Worker}/Handler", "Worker::Worker.Function")),
        InForms("a runtime for all functions, an image among them", "GlobalsStayOutOfImages",
            "ReportFunction: an image function has Runtime, its own or from Globals",
            Set("Globals/Function/Runtime", "nodejs22.x")),
        Ours("a function that leaves its logs to Lambda", "LogsExpire",
            "IntakeFunction: writes to no log group of the template", Remove($"{Intake}/LoggingConfig/LogGroup")),
        Ours("a log group without a retention", "LogsExpire", "IntakeLogGroup: keeps its lines for ever",
            Remove("Resources/IntakeLogGroup/Properties/RetentionInDays")),
    ];

    private static IEnumerable<Mutation> Scaling() =>
    [
        InForms("a utilization of 70", "ScalingFollowsAnAlias",
            "ReaderScaling: a utilization of 70 is outside 0.1 to 0.9",
            Set("Resources/ReaderScaling/Properties/TargetTrackingScalingPolicyConfiguration/TargetValue", 70)),
        InForms("a target with another alias", "ScalingFollowsAnAlias",
            "ReaderScale: 'function:${ReaderFunction}:prod' is no alias that a function here publishes",
            Set("Resources/ReaderScale/Properties/ResourceId",
                Json("""{"Fn::Sub":"function:${ReaderFunction}:prod"}"""))),
        InForms("a target that may come before its alias", "ScalingFollowsAnAlias",
            "ReaderScale: does not depend on ReaderFunctionAliaslive, which must exist first",
            Remove("Resources/ReaderScale/DependsOn")),
        InForms("an alias of what is not published", "AliasesHaveAVersion", "Live: names no published version",
            Set("Resources/Live/Properties/FunctionVersion", "$LATEST")),
        InForms("provisioned concurrency of $LATEST", "AliasesHaveAVersion",
            "WorkerFunction: has provisioned concurrency without an alias",
            Set($"{Worker}/ProvisionedConcurrencyConfig", Json("""{"ProvisionedConcurrentExecutions":1}""")),
            Paying),
        InForms("a canary on an alias with provisioned concurrency", "AliasesAreWeightedOrProvisioned",
            "ReaderFunction: weights and provisioned concurrency on one alias",
            Set($"{Reader}/ProvisionedConcurrencyConfig", Json("""{"ProvisionedConcurrentExecutions":1}""")),
            Paying),
    ];

    private static IEnumerable<Mutation> Storage() =>
    [
        Ours("a bucket that may become public", "BucketsAreClosed", "LandingBucket: lacks BlockPublicPolicy",
            Set($"{Landing}/PublicAccessBlockConfiguration/BlockPublicPolicy", false)),
        Ours("a bucket that answers plain HTTP", "BucketsAreClosed", "LandingBucket: answers plain HTTP",
            Remove("Resources/LandingBucketPolicy")),
        Ours("objects that answer plain HTTP", "BucketsAreClosed", "LandingBucket: answers plain HTTP",
            Remove("Resources/LandingBucketPolicy/Properties/PolicyDocument/Statement/0/Resource/1")),
        Ours("a bucket that keeps every version", "BucketsAreClosed",
            "LandingBucket: keeps noncurrent versions for ever",
            Remove($"{Landing}/LifecycleConfiguration/Rules/0")),
        Ours("a bucket that a second Region wants too", "BucketNamesFit", "LandingBucket: its name lacks AWS::Region",
            Set($"{Landing}/BucketName", Json("""{"Fn::Sub":"${AWS::StackName}-landing-${AWS::AccountId}"}"""))),
        Ours("a bucket whose name grows too long", "BucketNamesFit",
            "LandingBucket: its name can have 64 characters of 63",
            Set($"{Landing}/BucketName",
                Json("""{"Fn::Sub":"${AWS::StackName}-landings-${AWS::AccountId}-${AWS::Region}"}"""))),
        Ours("a table that is silent about its end", "TablesOutliveMistakes", "JobsTable: has no DeletionPolicy",
            Remove("Resources/JobsTable/DeletionPolicy")),
        Ours("a table that a replacement takes away", "TablesOutliveMistakes",
            "JobsTable: is deleted when it is replaced", Remove("Resources/JobsTable/UpdateReplacePolicy")),
        Ours("a table that nobody can protect", "TablesOutliveMistakes",
            "JobsTable: cannot be protected from deletion by a parameter",
            Remove("Resources/JobsTable/Properties/DeletionProtectionEnabled")),
        Ours("a table without a way back", "TablesOutliveMistakes",
            "JobsTable: cannot be recovered to a point in time by a parameter",
            Remove("Resources/JobsTable/Properties/PointInTimeRecoverySpecification")),
    ];

    private static IEnumerable<Mutation> Policies() =>
    [
        Ours("any action of a service", "PoliciesNameWhatTheyAllow", "IntakeFunction: allows s3:*",
            Set($"{Statement}/Action", "s3:*")),
        Ours("an action on everything", "PoliciesNameWhatTheyAllow", "IntakeFunction: allows s3:GetObjectVersion on *",
            Set($"{Statement}/Resource", "*")),
        Ours("any bucket", "PoliciesNameWhatTheyAllow",
            "IntakeFunction: allows s3:GetObjectVersion on arn:aws:s3:::*/csv",
            Set($"{Statement}/Resource", "arn:aws:s3:::*/csv")),
        Ours("a managed policy for every use", "PoliciesNameWhatTheyAllow",
            "IntakeFunction: has AmazonS3FullAccess, which allows more than one use",
            Set($"{Intake}/Policies/0", "AmazonS3FullAccess")),
    ];

    private static IEnumerable<Mutation> Money() =>
    [
        Ours("a Kinesis stream by default", "NothingCostsMoneyIdle",
            "Readings: AWS::Kinesis::Stream costs money idle by default",
            Set("Resources/Readings", Json("""{"Type":"AWS::Kinesis::Stream","Properties":{"ShardCount":1}}"""))),
        Ours("a table with provisioned capacity", "NothingCostsMoneyIdle",
            "JobsTable: provisioned capacity costs money idle by default",
            Set("Resources/JobsTable/Properties/BillingMode", "PROVISIONED")),
        Ours("reserved concurrency by default", "NothingCostsMoneyIdle",
            "IntakeFunction: concurrency is reserved by default",
            Set($"{Intake}/ReservedConcurrentExecutions", 1)),
    ];

    private static Mutation Ours(
        string name, string check, string finding, Action<JsonObject> change, Profile? profile = null) =>
        new(name, DeployableTemplates.Core, check, finding, change, profile ?? Profile.Defaults);

    private static Mutation InForms(
        string name, string check, string finding, Action<JsonObject> change, Profile? profile = null) =>
        new(name, TemplateCheckTests.Forms, check, finding, change, profile ?? Profile.Defaults);
}

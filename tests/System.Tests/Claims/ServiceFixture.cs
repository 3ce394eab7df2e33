namespace Isobar.Stories.Claims;

/// <summary>A stack of functions behind triggers, with destinations and with reserved concurrency.</summary>
public sealed class ServiceFixture : ProbeFixture
{
    private const string Waits = """PROBE_EVENT: '{"do":"wait"}'""";

    private const string Throws = """PROBE_EVENT: '{"do":"throw","message":"always"}'""";

    private const string OnFailure = "OnFailure: {Type: SQS, Destination: !GetAtt Failures.Arn}";

    private const string Redrive = "{maxReceiveCount: 2, deadLetterTargetArn: !GetAtt DeadWork.Arn}";

    private const string Integration = "type: TYPE, httpMethod: POST, uri: !Sub "
        + "'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${FUNCTION.Arn}/invocations'";

    private const string Api = """
          Api:
            Type: AWS::Serverless::Api
            Properties:
              StageName: live
              DefinitionBody:
                openapi: 3.0.1
                info: {title: Claims, version: '1'}
                paths:
                  /queued:
                    post:
                      responses: {'202': {description: accepted}}
                      x-amazon-apigateway-integration: { ASYNCHRONOUS,
                        requestParameters: {integration.request.header.X-Amz-Invocation-Type: "'Event'"},
                        responses: {default: {statusCode: 202}} }
                  /narrow:
                    post:
                      responses: {'200': {description: done}}
                      x-amazon-apigateway-integration: { SYNCHRONOUS }

        """;

    private protected override string Resources =>
        string.Concat(((string[])["Successes", "Failures", "DeadWork", "Letters", "WorkGate"])
            .Select(queue => $"  {queue}: {{Type: AWS::SQS::Queue}}\n"))
        + "  Landing: {Type: AWS::S3::Bucket}\n  Notices: {Type: AWS::SNS::Topic}\n"
        + "  Work: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 90}}\n"
        + "  NarrowWork: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 90}}\n"
        + "  FailingWork:\n    Type: AWS::SQS::Queue\n"
        + $"    Properties: {{VisibilityTimeout: 90, RedrivePolicy: {Redrive}}}\n"
        + Function("OnPut", Event("S3", "Bucket: !Ref Landing, Events: 's3:ObjectCreated:*'"), Waits)
        + Function("OnNotice", Event("SNS", "Topic: !Ref Notices"), Waits)
        + Function("OnWork", Event("SQS", "Queue: !GetAtt Work.Arn, ScalingConfig: {MaximumConcurrency: 2}"), Waits)
            .Replace("!Ref Gate", "!Ref WorkGate")
        + Function("OnFailingWork", Event("SQS", "Queue: !GetAtt FailingWork.Arn") + ", EventInvokeConfig: "
            + $"{{DestinationConfig: {{{OnFailure}}}}}, DeadLetterQueue: {{Type: SQS, TargetArn: !GetAtt Letters.Arn}}",
            Throws)
        + string.Concat(((string[])["DeadOrders", "Orders", "Parcels"]).Select(Fifo))
        + Function("OnOrder", Event("SQS", "Queue: !GetAtt Orders.Arn, BatchSize: 1"),
            """PROBE_EVENT: '{"do":"refuse"}'""")
        + Function("OnParcel", Event("SQS",
            "Queue: !GetAtt Parcels.Arn, FunctionResponseTypes: [ReportBatchItemFailures]"),
            """PROBE_EVENT: '{"do":"report"}'""")
        + Function("OnCall", variables: Waits)
        + Function("Both", "EventInvokeConfig: {MaximumRetryAttempts: 0, DestinationConfig: {"
            + $"OnSuccess: {{Type: SQS, Destination: !GetAtt Successes.Arn}}, {OnFailure}}}}}")
        + Function("Aged", $"EventInvokeConfig: {{MaximumEventAgeInSeconds: 60, DestinationConfig: {{{OnFailure}}}}}")
        + Function("Crowd")
        + Function("Narrow", "ReservedConcurrentExecutions: 1, " + Event("SQS", "Queue: !GetAtt NarrowWork.Arn"))
        + Function("Off", "ReservedConcurrentExecutions: 0")
        + Api.Replace("ASYNCHRONOUS", Integrate("aws", "OnCall"))
            .Replace("SYNCHRONOUS", Integrate("aws_proxy", "Narrow"));

    /// <summary>The address of a path of the API.</summary>
    internal Uri Call(string path) =>
        new(Stack.Host.Address, $"/_aws/execute-api/{Stack.Stack.NameOf("Api")}/live/{path}");

    private static string Fifo(string queue) =>
        $"  {queue}: {{Type: AWS::SQS::Queue, Properties: {{FifoQueue: true, ContentBasedDeduplication: true, "
        + (queue == "DeadOrders" ? "" : $"RedrivePolicy: {Redrive.Replace("DeadWork", "DeadOrders")}, ")
        + "VisibilityTimeout: 90}}\n";

    private static string Event(string type, string properties) =>
        $"Events: {{Event: {{Type: {type}, Properties: {{{properties}}}}}}}";

    private static string Integrate(string type, string function) =>
        Integration.Replace("TYPE", type).Replace("FUNCTION", function);
}

/// <summary>The stack of functions behind services.</summary>
[CollectionDefinition(Name)]
public sealed class StackOfServices : ICollectionFixture<ServiceFixture>
{
    public const string Name = "functions behind services";
}

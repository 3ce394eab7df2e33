using Isobar.Local.History;

namespace Isobar.Local.Services.Sqs;

/// <summary>What the state of SQS decides.</summary>
internal abstract record SqsEffect;

/// <summary>Record a fact in the journal.</summary>
internal sealed record ReportFact(IFact Fact) : SqsEffect;

/// <summary>Answer a receive, possibly with no message.</summary>
internal sealed record AnswerReceive(ReceiveWaiter Waiter, IReadOnlyList<ReceivedMessage> Messages) : SqsEffect;

/// <summary>Answer a receive with an error.</summary>
internal sealed record FailReceive(ReceiveWaiter Waiter, Wire.AwsException Error) : SqsEffect;

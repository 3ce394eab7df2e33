namespace Isobar.Local.Tests.Recorded;

/// <summary>
/// The test restates a case that was recorded against AWS: the same requests, and the facts of AWS's answers.
/// </summary>
/// <param name="origin">The service and the name of the recorded test, for example
/// <c>sqs: test_send_empty_message</c>; where one has rows that answer differently, with the row's name in
/// brackets.</param>
/// <remarks>A test that restates two cases carries this twice.</remarks>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class RecordedCaseAttribute(string origin) : Attribute
{
    public string Origin => origin;

    /// <summary>
    /// Why the host's answer is another; null where it is the same. Such a test compares by
    /// <see cref="RecordedAnswer.Differs"/>, so that it fails as soon as the host answers as AWS does.
    /// </summary>
    public string? Differs { get; init; }
}

using Xunit.Sdk;
using Xunit.v3;

[assembly: Isobar.Stories.SideBySide]

namespace Isobar.Stories;

/// <summary>
/// Locally, the stories of two collections run at the same time: each collection has hosts of its own, and a story
/// waits more than it works. On the other targets there is one stack for all, so stories run one after the other.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class SideBySideAttribute : Attribute, IParallelizationAttribute
{
    /// <summary>Not more on more cores: some stories measure how long something takes.</summary>
    private const int AtATime = 2;

    public ParallelAlgorithm? GetAlgorithm() => ParallelAlgorithm.Conservative;

    public int? GetMaxThreads() => AtATime;

    public ParallelMode? GetMode() => StoryTarget.IsLocal ? ParallelMode.Collections : ParallelMode.None;
}

using System.Reflection;
using Isobar.Stories.Permissions;
using Xunit.v3;

[assembly: Isobar.Stories.TargetGate]

namespace Isobar.Stories;

/// <summary>Skips a story, before it begins, that the target can't run, and says why.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class TargetGateAttribute : BeforeAfterTestAttribute
{
    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        SkipElsewhere(methodUnderTest);
        StoryCalls.Begin(methodUnderTest);
    }

    public override void After(MethodInfo methodUnderTest, IXunitTest test) => StoryCalls.End();

    /// <summary>Rules about the targets themselves need none of them.</summary>
    public static bool IsStory(Type type) => type.Name.EndsWith("Stories", StringComparison.Ordinal);

    public static IReadOnlyList<Target> TargetsOf(MethodInfo story) =>
        (story.GetCustomAttribute<TargetsAttribute>() ?? story.ReflectedType!.GetCustomAttribute<TargetsAttribute>())
        ?.Targets ?? [Target.Local];

    /// <summary>Skips the story that runs now, if the target can't run it.</summary>
    public static void SkipElsewhere(MethodInfo story)
    {
        if (IsStory(story.ReflectedType!) && StoryTarget.WhyNot(TargetsOf(story)) is { } reason) Assert.Skip(reason);
    }
}

namespace MigrationKit
{
    /// <summary>Says what to write instead of a member; MigrationKit's rule MK0901 offers it as a fix at every use, MK0902 checks it here.</summary>
    /// <remarks>Every assembly has an attribute of its own: MigrationKit knows it by its full name, so users of the library need no reference to it.</remarks>
    [global::System.AttributeUsage(
        global::System.AttributeTargets.Method | global::System.AttributeTargets.Constructor | global::System.AttributeTargets.Property | global::System.AttributeTargets.Field,
        Inherited = false)]
    internal sealed class ReplaceWithAttribute : global::System.Attribute
    {
        /// <param name="template">
        /// One C# expression; <c>{name}</c> stands for the parameter or type parameter of that name, <c>{this}</c> for the receiver.
        /// </param>
        public ReplaceWithAttribute(string template)
        {
            Template = template;
            Imports = new string[0];
        }

        /// <summary>The expression to write instead.</summary>
        public string Template { get; private set; }

        /// <summary>The namespaces of the types that the template names.</summary>
        public string[] Imports { get; set; }
    }
}

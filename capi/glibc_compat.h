/* Ask for the old versions of symbols that newer glibc releases moved.
 *
 * glibc 2.34 merged libpthread, libdl and libresolv into libc and gave their
 * symbols new versions, so whatever is linked on a current system would refuse
 * to start on an older one. The old versions are still there. This header names
 * them, and one wheel serves every glibc from 2.17 on.
 *
 * It is included in front of every C file of the build (setup.py passes
 * "-include"), those of Go's own runtime too; therefore it includes nothing and
 * declares nothing. On other machines than x86_64 it is empty.
 * `make wheel-check` reads the result.
 */
#if defined(__linux__) && defined(__x86_64__) && !defined(__ASSEMBLER__)

#define ECF_SYMBOL_AS(name, old) __asm__(".symver " #name "," #old "@GLIBC_2.2.5")
#define ECF_SYMBOL(name) ECF_SYMBOL_AS(name, name)

ECF_SYMBOL(pthread_attr_getstack);
ECF_SYMBOL(pthread_attr_getstacksize);
ECF_SYMBOL(pthread_create);
ECF_SYMBOL(pthread_detach);
ECF_SYMBOL(pthread_getattr_np);
ECF_SYMBOL(pthread_getspecific);
ECF_SYMBOL(pthread_join);
ECF_SYMBOL(pthread_key_create);
ECF_SYMBOL(pthread_key_delete);
ECF_SYMBOL(pthread_kill);
ECF_SYMBOL(pthread_once);
ECF_SYMBOL(pthread_setspecific);
ECF_SYMBOL(pthread_sigmask);

ECF_SYMBOL(dladdr);
ECF_SYMBOL(dlclose);
ECF_SYMBOL(dlerror);
ECF_SYMBOL(dlopen);
ECF_SYMBOL(dlsym);

ECF_SYMBOL_AS(res_search, __res_search);

#undef ECF_SYMBOL
#undef ECF_SYMBOL_AS

#endif
